"""Spanish questions, other spellings of labels, and the words that are answers or junk."""

from typing import Final

PROMPTS: Final = {
    "why_now": "¿Por qué empezaron a buscar justo ahora?",
    "success_formal": "¿Qué debe cumplirse para dar el contrato por terminado?",
    "real_deadline": "¿Qué fecha les importa de verdad y qué pasa ese día?",
    "alternative": "¿Qué otra opción pensaron en serio, aunque fuera no hacer nada?",
    "why_us": "¿Por qué nosotros, en sus palabras, y en lugar de qué o de quién?",
    "pressure": "¿Qué le pasa a quién si se retrasa, o si sale bien?",
    "success_personal": "¿Qué sería un éxito para ellos en lo personal?",
    "pushback": "¿Quién tendrá que vivir con ello o preferiría no tenerlo, y por qué?",
    "decision_process": "¿Quién decide qué, y cuánto tarda?",
    "budget_sensitivity": "¿Qué les inquietaba del precio?",
    "landmine": "¿Qué no debemos decir ni tocar, y cómo quieren enterarse?",
    "constraints": "¿Qué puede frenarnos o salir mal: fechas, reglas, permisos, personas?",
    "risk": "¿Qué te preocupa de entregar esto?",
    "comms_preference": "¿Cómo y cada cuánto quieren saber de nosotros?",
    "client_budget": "¿Cuánto puede costarles en total, y es un tope o un deseo?",
    "our_people": "¿A quién de nosotros esperan ver, cuánto y hasta cuándo?",
    "site": "¿Qué se sabe del lugar, cuándo no se trabaja, quién debe permitirlo?",
    "as_is": "¿Cuáles de sus sistemas, datos y costumbres no van a cambiar?",
    "rounds": "¿Cuántas piezas de cada una, cuántas rondas y quién aprueba?",
    "hand_back": "¿Con qué se quedan (archivos, fuentes, derechos) y quién lo cuida?",
    "invoicing": "¿A qué empresa se factura, con qué orden o portal, y quién paga?",
    "stakeholder": "¿Quién firma el dinero, lo conoce alguno de nosotros, y seguirá?",
}

TYPE_PROMPTS: Final = {
    "promise": "¿A qué dijo alguien que sí que no está en el contrato?",
    "exclusion": "¿Qué podrían esperar que el precio no incluye?",
    "client_duty": "¿Qué deben dar o hacer ellos, y para cuándo?",
    "assumption": "¿Qué da por hecho nuestro precio: horas, cantidades, sus datos?",
    "supplier_term": "¿Qué permitió un proveedor o socio, o dejó fuera de su precio?",
}

TOKENS: Final = {
    "not_asked": ("sin preguntar", "no pregunté", "no se preguntó"),
    "none": (
        *("ninguno", "ninguna", "ningunos", "ningunas", "no", "nadie", "nada", "no hay"),
        *("none", "sin promesas", "preguntado: ninguno"),
    ),
    "unknown": (
        *("?", "??", "???", "¿?", "no sé", "no se", "no sabe", "no saben", "no se sabe"),
        *("desconocido", "aún no saben", "nadie lo sabe aún", "ni idea"),
    ),
    "declined": (
        *("no quiso decir", "no quiso decirlo", "no quieren decir", "no quiere decir"),
        *("no lo dicen", "se negó", "confidencial"),
    ),
    "n_a": ("n/a", "n.a.", "no aplica", "no procede", "n/d"),
}

JUNK: Final = (
    *("tbd", "tba", "tbc", "todo", "por definir", "por confirmar", "pendiente", "luego"),
    *("después", "más adelante", "x", "xx", "xxx", "-", "--", "---", "\N{EN DASH}", "\N{EM DASH}"),
    *(".", "..", "...", "\N{HORIZONTAL ELLIPSIS}", "asdf", "asd", "qwerty", "test", "prueba"),
    *("abc", "bla", "ok", "sí", "si", "s", "ver contrato", "véase contrato", "ver propuesta"),
    *("ver correo", "ver crm", "ver arriba", "ver abajo", "lo hablado", "lo acordado"),
    *("según lo hablado", "según lo acordado", "como se habló", "como siempre", "igual"),
    *("ídem", "idem", "lo mismo", "lo de siempre", "lo normal", "estándar"),
)

ENUM_ALIASES: Final = {
    "stage": {
        "talking": ("en conversación", "contacto", "prospecto", "nuevo", "calificado"),
        "proposal": ("propuesta enviada", "cotización", "negociación", "en negociación"),
        "verbal": ("acuerdo verbal", "verbal", "de palabra"),
        "won": ("ganado", "ganado!", "ganada!", "cierre ganado", "cerrada ganada", "firmada"),
        "lost": ("perdido", "cierre perdido", "cerrada perdida"),
        "parked": ("pausada", "pausado", "detenida", "en espera"),
    },
    "fee_model": {
        "fixed": ("precio fijo", "fijo", "llave en mano"),
        "time_materials": ("horas", "tiempo y materiales"),
        "retainer": ("iguala", "iguala mensual", "mensualidad"),
        "mixed": ("mixto",),
    },
    "role": {
        "sponsor": ("patrocinadora", "sponsor"),
        "decision_maker": ("decisor", "decisora", "tomador de decisiones"),
        "champion": ("campeón", "aliado"),
        "technical": ("técnica", "ti", "sistemas"),
        "daily_contact": ("contacto", "contacto principal"),
    },
    "type": {
        "promise": ("prometido",),
        "scope_item": ("alcance",),
        "exclusion": ("excluido", "no incluido"),
        "commercial_concession": ("descuento",),
    },
    "form": {"verbal": ("verbal", "llamada"), "email_chat": ("correo", "chat", "whatsapp")},
    "client_believes": {"yes": ("si",), "unsure": ("quizá", "quizás", "?")},
    "in_contract": {"yes": ("si",), "partly": ("parcial",)},
    "disposition": {
        "undecided": ("pendiente", "?"),
        "honour_free": ("gratis", "cortesía"),
        "next_phase": ("fase 2",),
    },
    "status": {
        "on_track": ("verde",),
        "at_risk": ("amarillo",),
        "off_track": ("rojo",),
        "done": ("terminado", "cerrado"),
    },
    "yes": {"yes": ("si", "s", "x", "verdadero", "hecho", "listo")},
}
