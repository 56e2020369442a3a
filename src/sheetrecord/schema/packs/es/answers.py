"""Spanish questions, other spellings of labels, and the words that are answers or junk."""

from typing import Final

PROMPTS: Final = {
    "why_now": "¿Por qué empezaron a buscar justo ahora?",
    "success_formal": "¿Qué debe cumplirse para dar el contrato por terminado?",
    "real_deadline": "¿Qué fecha les importa de verdad y qué pasa ese día?",
    "alternative": "¿Qué otra opción pensaron en serio, aunque fuera no hacer nada?",
    "why_us": "¿Por qué nos eligieron, en sus propias palabras?",
    "pressure": "¿Quién queda bajo qué presión si esto se retrasa?",
    "success_personal": "¿Qué sería un éxito para ellos en lo personal?",
    "pushback": "¿Quién va a discutir el alcance, y qué parte?",
    "decision_process": "¿Quién decide qué, y cuánto tarda?",
    "budget_sensitivity": "¿Qué les inquietaba del precio?",
    "landmine": "¿Qué no debemos decir ni tocar?",
    "constraints": "¿Qué fechas, herramientas, permisos o reglas nos frenarán?",
    "risk": "¿Qué te preocupa de entregar esto?",
    "comms_preference": "¿Cómo y cada cuánto quieren saber de nosotros?",
    "stakeholder": "¿Quién es esta persona y qué quiere del proyecto?",
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
