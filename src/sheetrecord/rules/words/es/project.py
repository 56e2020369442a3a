"""What the rules about the Project sheet say in Spanish."""

from typing import Final

WORDS: Final = {
    "PRJ-001": (
        "La venta {deal} se entregó y no tiene fila «{lists.project_kind.summary}» en la hoja {Project}.",
        "Ejecute otra vez `sheetrecord promote BOOK DEAL`: añade lo que falta y nada dos veces.",
    ),
    "PRJ-002": (
        "Venta {deal}: {title} figura como «{status}», y nadie anotó por qué.",
        "Escriba en una frase qué pasó y qué viene ahora.",
    ),
    "PRJ-003": (
        "La venta {deal} tiene {count} filas «{lists.project_kind.summary}» para la fase {phase}.",
        "Conserve una; dé a las demás su propia fase.",
    ),
    "PRJ-004": (
        "Venta {deal}: {title} no puede estar en «{status}».",
        "Elija una situación que encaje con este tipo de fila.",
    ),
    "PRJ-005": (
        "Venta {deal}: {title} estaba previsto para el {day} y no está hecho.",
        "Anote cuándo se hizo, o prevea otra fecha.",
    ),
    "PRJ-006": (
        "Venta {deal}: {title} está hecho, y nadie anotó cuándo.",
        "Escriba el día.",
    ),
    "PRJ-010": (
        "Venta {deal}: {title} se aceptó, pero no consta con qué criterio.",
        "Escriba qué debía cumplirse para que el cliente lo aceptara.",
    ),
    "PRJ-011": (
        "Venta {deal}: {title} se aceptó, y nadie anotó quién lo aceptó.",
        "Escriba el nombre de la persona que lo aceptó.",
    ),
    "PRJ-020": (
        "Venta {deal}: {title} está previsto para el {day}, después de la fecha fija del {deadline}.",
        "Prevéalo antes, o dígaselo hoy al cliente.",
    ),
    "PRJ-021": (
        "Venta {deal}: {title} está previsto para el {day}, después del fin del contrato el {end}.",
        "Prevéalo antes, o haga prorrogar el contrato.",
    ),
    "PRJ-030": (
        "Venta {deal}: no hay novedades desde el {day}.",
        "Añada una fila «{lists.project_kind.update}», por corta que sea.",
    ),
    "PRJ-031": (
        "Venta {deal}: {title} debe resolverse para el {day}.",
        "Resuélvalo, o acuerde otro día con quien tenga el siguiente paso.",
    ),
    "PRJ-032": (
        "Venta {deal}: nadie se ocupa de {title}.",
        "Escriba quién se encarga.",
    ),
    "PRJ-033": (
        "Venta {deal}: {title} no puede estar hecho al {share}.",
        "Escriba una parte entre 0 % y 100 %.",
    ),
    "PRJ-034": (
        "Venta {deal}: {title} no tiene día.",
        "Prevea uno: lo que no tiene día nunca va tarde, y nadie recibe aviso.",
    ),
    "PRJ-040": (
        "Venta {deal}: el cambio {title} está aprobado, y falta: {lacks}.",
        "Escriba quién lo aprobó por parte del cliente, y cuándo.",
    ),
    "PRJ-041": (
        "Venta {deal}: el cambio {title} está aprobado y no tiene línea de honorarios.",
        "Añada una línea de honorarios que nombre esta fila como su hito.",
    ),
    "PRJ-042": (
        "Venta {deal}: el cambio {title} se envió, y la respuesta era para el {day}.",
        "Pida una respuesta antes de que nadie empiece.",
    ),
    "PRJ-043": (
        "Venta {deal}: el cambio {title} debía salir antes del {day} y sigue en borrador.",
        "Envíelo al cliente, o anote que se retira.",
    ),
    "PRJ-044": (
        "Venta {deal}: el contrato terminó el {day}, y el proyecto no está hecho.",
        "Termínelo, haga prorrogar el contrato, o anote que se acabó.",
    ),
}
