"""What the rules about the Context sheet say in Spanish."""

from typing import Final

WORDS: Final = {
    "CTX-001": (
        "En la venta {deal} no consta qué fecha le importa de verdad al cliente.",
        "Pregunte qué fecha importa de verdad y qué pasa ese día; si no hay ninguna, escriba «{answers.none}» y quién lo dijo.",
    ),
    "CTX-002": (
        "En la venta {deal} no consta qué otra cosa consideró el cliente.",
        "Pregunte con quién o con qué nos compararon en serio; no hacer nada también cuenta.",
    ),
    "CTX-003": (
        "En la venta {deal} no consta por qué nos eligió el cliente.",
        "Pregúntele al cliente y escríbalo con sus palabras.",
    ),
    "CTX-004": (
        "En la venta {deal} no consta quién está bajo qué presión.",
        "Pregunte quién tendrá problemas, y con quién, si esto se retrasa.",
    ),
    "CTX-005": (
        "En la venta {deal} no consta qué sería un éxito para ellos personalmente.",
        "Pregunte qué lo haría un triunfo para la persona que firma.",
    ),
    "CTX-006": (
        "En la venta {deal} no consta qué debe cumplirse para dar el trabajo por hecho.",
        "Pregunte qué comprobarán antes de aceptarlo.",
    ),
    "CTX-007": (
        "En la venta {deal} no consta quién va a resistirse, ni a qué.",
        "Pregunte quién preferiría que esto no se hiciera; si nadie, escriba «{answers.none}» y quién lo dijo.",
    ),
    "CTX-008": (
        "En la venta {deal} no consta por qué el cliente empezó a buscar justo ahora.",
        "Pregunte qué ocurrió para que llamaran.",
    ),
    "CTX-009": (
        "La venta {deal} no dice nada sobre: {prompt}.",
        "Pregunte, o escriba {answers.n_a} y en {Context.note} por qué no procede.",
    ),
    "CTX-016": (
        "La venta {deal} no tiene fila donde responder a: {prompts}.",
        "Añada las filas que esperan respuesta: `sheetrecord validate BOOK DEAL --fix`.",
    ),
    "CTX-010": (
        "La venta {deal} no nombra a nadie que decida.",
        "Añada una persona como «{lists.role.decision_maker}» o «{lists.role.economic_buyer}», y diga si alguno de nosotros la conoce.",
    ),
    "CTX-011": (
        "La venta {deal} no nombra a nadie para el día a día.",
        "Añada una fila «{lists.kind.stakeholder}» con la persona a la que llamará el proyecto, como «{lists.role.daily_contact}».",
    ),
    "CTX-012": (
        "Venta {deal}: {person} figura como «{lists.role.champion}» y a la vez «{lists.stance.against}».",
        "Quien nos defiende no está en contra: corrija el papel o la postura.",
    ),
    "CTX-013": (
        "Venta {deal}: {person} no tiene papel.",
        "Elija qué papel tiene esta persona.",
    ),
    "CTX-014": (
        "Venta {deal}: {person} figura a favor y en contra.",
        "Pregunte otra vez y conserve la postura más reciente.",
    ),
    "CTX-015": (
        "Venta {deal}: {person} decide o dirige a los usuarios, y ninguno de nosotros conoce a esta persona.",
        "Conózcala antes de la firma, o elija su postura.",
    ),
    "CTX-020": (
        "Venta {deal}: «{kind}» se respondió con «{answers.none}», y falta: {lacks}.",
        "Escriba qué persona del cliente lo dijo, y el día.",
    ),
    "CTX-021": (
        "Venta {deal}: nadie sabe aún «{kind}», y falta: {lacks}.",
        "Escriba quién vuelve a preguntar, y qué día.",
    ),
    "CTX-022": (
        "Venta {deal}: «{kind}» figura como que no aplica, y falta: {lacks}.",
        "Escriba en {Context.note} por qué la pregunta no aplica.",
    ),
    "CTX-023": (
        "Venta {deal}: a la respuesta de «{kind}» le falta: {lacks}.",
        "Complételo junto a la respuesta.",
    ),
    "CTX-024": (
        "Venta {deal}: por «{kind}» hay que volver a preguntar el {day}.",
        "Pregunte, o mueva el día.",
    ),
    "CTX-025": (
        "Venta {deal}: la respuesta a «{kind}» es una suposición.",
        "Pregúntele al cliente, o entréguela como pregunta abierta.",
    ),
    "CTX-026": (
        "Venta {deal}: {person} quizá se va o llega el {day}.",
        "Pregunte quién viene después y anótelo; un nuevo día en «{Context.learned_on}» lo resuelve.",
    ),
    "CTX-027": (
        "Venta {deal}: «{what}» habla del {day}.",
        "Pregunte si sigue en pie; un nuevo día en «{Context.learned_on}» o «{Context.confirmed_on}» lo resuelve.",
    ),
    "CTX-030": (
        "Venta {deal}: {title} está previsto para el {planned}, después de la fecha real del {day}.",
        "Prevéalo antes, o acuerde con el cliente una fecha posterior.",
    ),
    "CTX-031": (
        "Venta {deal}: la fecha real del {day} es anterior a la {event} del {other}.",
        "Compruebe el año; si es correcto, el cliente lo necesitaba antes de firmar.",
    ),
    "CTX-032": (
        "Venta {deal}: «{kind}» se supo, según la fila, el {day}, un día que aún no ha llegado.",
        "Corrija la fecha.",
    ),
    "CTX-040": (
        "Venta {deal}: {late} de {all} datos se anotaron en los dos últimos días antes del cierre.",
        "Repáselos con el cliente; la próxima vez anótelos después de cada llamada.",
    ),
    "CTX-041": (
        "Venta {deal}: desde el {day} no se ha vuelto a preguntar nada.",
        "Vuelva a preguntar lo que puede haber cambiado: la fecha, las personas, la alternativa.",
    ),
    "CTX-042": (
        "La venta {deal} está confirmada, pero no todos los datos (sin confirmar: {count}).",
        "Repáselos en la reunión de arranque y anote cuándo y quién los confirmó.",
    ),
    "CTX-043": (
        "La venta {deal} se aceptó el {day}, y nadie ha confirmado desde entonces «{what}».",
        "Repáselo con el cliente en la reunión de arranque: `sheetrecord confirm BOOK DEAL --all`.",
    ),
    "CTX-044": (
        "La venta {deal} se aceptó el {day}, y desde entonces no hubo reunión de arranque.",
        "Reúnase con el cliente y anótelo: `sheetrecord confirm BOOK DEAL --kickoff`.",
    ),
    "CTX-900": (
        "Venta {deal}: «{answer}» no responde a «{kind}».",
        "Escriba una frase con las palabras del cliente, o {answers.none}, {answers.unknown}, {answers.n_a} o {answers.declined}.",
    ),
    "CTX-901": (
        "Venta {deal}: «{answer}» es una respuesta corta a «{kind}».",
        "Escriba una frase entera que entienda alguien ajeno.",
    ),
    "CTX-902": (
        "Venta {deal}: la misma respuesta figura en {count} ventas: «{answer}».",
        "Escriba lo que es cierto para este cliente.",
    ),
    "CTX-903": (
        "Venta {deal}: la respuesta a «{kind}» repite la pregunta.",
        "Escriba lo que dijo el cliente.",
    ),
}
