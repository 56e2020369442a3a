"""What the rules about the Commitments sheet say in Spanish."""

from typing import Final

WORDS: Final = {
    "COM-001": (
        "Venta {deal}: nadie preguntó si el cliente cree que «{what}» está incluido.",
        "Pregúntele al cliente y elija «{lists.client_believes.yes}», «{lists.client_believes.no}» o «{lists.client_believes.unsure}».",
    ),
    "COM-002": (
        "Venta {deal}: nadie decidió qué pasa con «{what}».",
        "Decida, o entréguelo como pregunta abierta con encargado y fecha.",
    ),
    "COM-003": (
        "Venta {deal}: «{what}» se rechazó, y no se le dijo al cliente.",
        "Dígaselo al cliente y anote el día.",
    ),
    "COM-004": (
        "Venta {deal}: «{what}» está en el contrato, pero nadie anotó dónde.",
        "Escriba la cláusula o la página.",
    ),
    "COM-005": (
        "Venta {deal}: «{what}» está prometido para el {day}, {side} del contrato.",
        "Compruebe la fecha, o diga al equipo de proyecto que el trabajo queda fuera del contrato.",
    ),
    "COM-006": (
        "Venta {deal}: «{what}» pasó a ser una orden de cambio que no aparece en ningún sitio.",
        "Nombre la línea de honorarios o la fila del proyecto que contiene el cambio.",
    ),
    "COM-007": (
        "Venta {deal}: «{what}» promete una fecha y no la tiene.",
        "Escriba el día que se prometió.",
    ),
    "COM-008": (
        "Venta {deal}: se decidió que «{what}» va en el contrato, y no está en él.",
        "Lea el contrato y corrija lo que esté mal.",
    ),
    "COM-010": (
        "En la venta {deal} no consta qué se prometió, y nadie dijo que no se prometiera nada.",
        "Pregunte en la llamada de cierre a qué se dijo que sí; si no se prometió nada, escriba «{answers.none}».",
    ),
    "COM-011": (
        "Venta {deal}: se anotó que lo prometido es «{answers.none}», y falta: {lacks}.",
        "Escriba quién dijo que no se prometió nada, y cuándo.",
    ),
    "COM-012": (
        "La venta {deal} tiene una fila «{answers.none}» aunque otras responden a la misma pregunta ({count}).",
        "Borre la fila «{answers.none}»: al final sí hay algo.",
    ),
    "COM-013": (
        "Venta {deal}: el cliente no está seguro de que «{what}» esté incluido.",
        "Aclárelo con el cliente antes de que empiece el trabajo.",
    ),
    "COM-014": (
        "Venta {deal}: el cliente cuenta con «{what}», y el contrato lo excluye.",
        "Dígaselo al cliente ya, o decida hacerlo y quién lo paga.",
    ),
    "COM-015": (
        "Venta {deal}: «{what}» se prometió el {day}, después de la firma.",
        "Conviértalo en una petición de cambio, o decida hacerlo gratis.",
    ),
    "COM-016": (
        "Venta {deal}: «{what}» figura en dos filas.",
        "Conserve una fila y nombre en ella las dos fuentes.",
    ),
    "COM-017": (
        "Venta {deal}: el cliente cuenta con «{what}», y nadie lo estimó.",
        "Escriba las horas que llevaría o lo que vale; basta una cifra aproximada.",
    ),
    "COM-018": (
        "Venta {deal}: «{what}» se hace gratis, y nadie lo decidió.",
        "Escriba quién lo decidió y cuántas horas puede llevar.",
    ),
    "COM-020": (
        "Venta {deal}: «{what}» es para el {day}.",
        "Entréguelo, acuerde un nuevo día o márquelo como incumplido.",
    ),
    "COM-021": (
        "Venta {deal}: el cliente nos debe «{what}» desde el {day}.",
        "Recuérdeselo por escrito y diga qué supone para nuestra fecha.",
    ),
    "COM-022": (
        "Venta {deal}: «{what}» está entregado, y falta: {lacks}.",
        "Escriba el día y dónde se puede ver.",
    ),
    "COM-023": (
        "Venta {deal}: «{what}» lo prometió {person}, que trabaja para el cliente.",
        "Pregunte quién de nosotros dijo que sí; hasta entonces es un deseo del cliente.",
    ),
    "COM-024": (
        "Venta {deal}: «{what}» se dijo, según la fila, el {day}, un día que aún no ha llegado.",
        "Corrija la fecha.",
    ),
    "COM-025": (
        "En la venta {deal} no consta qué no incluye el precio.",
        "Escriba qué podrían esperar que el precio no incluye, o «{answers.none}».",
    ),
    "COM-026": (
        "En la venta {deal} no consta qué debe dar o hacer el cliente.",
        "Escriba qué deben dar o hacer, y para cuándo, o «{answers.none}».",
    ),
    "COM-027": (
        "En la venta {deal} no consta qué da por hecho el precio.",
        "Escriba las horas, cantidades o datos en que se apoya el precio, o «{answers.none}».",
    ),
    "COM-028": (
        "Venta {deal}: nadie escribió una respuesta a «{type}».",
        "Escriba una frase, o «{answers.none}».",
    ),
    "COM-029": (
        "Venta {deal}: nadie ha mirado «{what}» desde la entrega del {day}.",
        "Elija cómo va, o póngale un día; «{lists.progress.n_a}» también es una respuesta.",
    ),
    "COM-030": (
        "La venta {deal} no tiene fila donde decir: {types}.",
        "Añada las filas que esperan respuesta: `sheetrecord validate BOOK DEAL --fix`.",
    ),
}
