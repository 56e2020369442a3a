"""What the rules about the Deal sheet say in Spanish."""

from typing import Final

WORDS: Final = {
    "DEAL-001": (
        "La venta {deal} no tiene una etapa que la lista conozca.",
        "Elija la etapa de la lista: {lists.stage}.",
    ),
    "DEAL-010": (
        "La venta {deal} no tiene cliente.",
        "Escriba el nombre del cliente tal como figura en el contrato.",
    ),
    "DEAL-011": (
        "La venta {deal} no tiene nombre.",
        "Póngale un nombre corto, tal como se diría en voz alta.",
    ),
    "DEAL-012": (
        "En la venta {deal} no consta quién la vende.",
        "Escriba quién la vende.",
    ),
    "DEAL-013": (
        "La venta {deal} no tiene un importe acordado.",
        "Escriba el único importe acordado, sin impuestos; las líneas de honorarios deben sumar esa cantidad.",
    ),
    "DEAL-014": (
        "La venta {deal} no tiene moneda.",
        "Escriba las tres letras de la moneda, por ejemplo EUR, aquí o para todas las ventas en la hoja {Settings}.",
    ),
    "DEAL-015": (
        "En la venta {deal} no consta cómo paga el cliente.",
        "Elija {lists.fee_model}.",
    ),
    "DEAL-016": (
        "En la venta {deal} no consta cuándo se espera la firma.",
        "Escriba el día en que espera la firma; basta una estimación.",
    ),
    "DEAL-017": (
        "La venta {deal} no tiene un próximo paso.",
        "Escriba qué sigue y quién lo hace.",
    ),
    "DEAL-018": (
        "En la venta {deal} no consta para cuándo es el próximo paso.",
        "Escriba un día para el próximo paso.",
    ),
    "DEAL-019": (
        "En la venta {deal} no consta dónde está el contrato firmado.",
        "Pegue el enlace al contrato, o escriba «{lists.paper.email_acceptance}» y dónde está.",
    ),
    "DEAL-004": (
        "La venta {deal} está ganada y no tiene fecha de firma.",
        "Escriba el día en que el cliente firmó o aceptó.",
    ),
    "DEAL-020": (
        "La venta {deal} no tiene fecha de inicio.",
        "Escriba la fecha de inicio que figura en el contrato.",
    ),
    "DEAL-021": (
        "La venta {deal} no tiene fecha de fin.",
        "Escriba la fecha de fin que figura en el contrato.",
    ),
    "DEAL-022": (
        "En la venta {deal} no consta por qué se ganó.",
        "Escriba en una frase por qué el cliente nos eligió.",
    ),
    "DEAL-005": (
        "La venta {deal} no tiene quien la reciba.",
        "Escriba el nombre de la persona que se hace cargo del proyecto.",
    ),
    "DEAL-023": (
        "La venta {deal} está perdida y no consta por qué.",
        "Elija el motivo de la lista.",
    ),
    "DEAL-003": (
        "Venta {deal}: el próximo paso es para el {day}.",
        "Hágalo, muévalo o ponga la venta en pausa.",
    ),
    "DEAL-006": (
        "Venta {deal}: el contrato termina el {end}, antes de empezar el {start}.",
        "Compruebe las dos fechas en el contrato.",
    ),
    "DEAL-007": (
        "La venta {deal} está ganada y nunca se entregó.",
        "Ejecute `sheetrecord promote BOOK DEAL`: fija lo que se vendió y abre el proyecto.",
    ),
    "DEAL-030": (
        "La venta {deal} figura firmada el {day}, un día que aún no ha llegado.",
        "Corrija la fecha; hasta la firma la venta no está ganada.",
    ),
    "DEAL-031": (
        "El cierre de la venta {deal} se esperaba el {day} y sigue abierta.",
        "Mueva la fecha a un día en el que crea, cierre la venta o póngala en pausa.",
    ),
    "DEAL-032": (
        "Venta {deal}: el cliente lo necesita el {day}, {days} días antes de que termine el contrato.",
        "Planifique para la fecha más temprana y diga al equipo de proyecto qué pasa ese día.",
    ),
    "DEAL-033": (
        "La venta {deal} debía empezar el {day} y no está firmada.",
        "Consiga la firma, o anote quién permite empezar sin ella.",
    ),
    "DEAL-034": (
        "En la venta {deal} no consta dónde está la propuesta.",
        "Pegue el enlace a la propuesta que vio el cliente.",
    ),
    "DEAL-040": (
        "Venta {deal}: la dispensa no vale, porque falta: {lacks}.",
        "Escriba quién lo deja pasar, por qué y hasta cuándo.",
    ),
    "DEAL-041": (
        "Venta {deal}: la dispensa terminó el {day}.",
        "Resuelva lo que se dispensó, o renueve la dispensa.",
    ),
    "DEAL-042": (
        "Venta {deal}: la dispensa nombra «{code}», que no es ninguna regla.",
        "Escriba el código tal como lo muestra `sheetrecord validate BOOK`, por ejemplo CTX-002.",
    ),
    "DEAL-043": (
        "La venta {deal} se devolvió, y falta: {lacks}.",
        "Elija un motivo y diga qué falta, para que ventas pueda completarlo de una vez.",
    ),
    "DEAL-044": (
        "La venta {deal} se ofreció el {day} y espera a: {owner}.",
        "Acéptela, o devuélvala con un motivo.",
    ),
    "DEAL-045": (
        "La venta {deal} se perdió ante otro, y nadie anotó ante quién.",
        "Escriba quién la ganó; una suposición vale más que nada.",
    ),
    "DEAL-046": (
        "La venta {deal} se nombra a sí misma como venta anterior.",
        "Escriba el número de la venta anterior, o vacíe la celda.",
    ),
    "DEAL-051": (
        "La venta {deal} se devolvió el {day}, y nadie ha vuelto a ofrecerla.",
        "Complete lo que faltaba y entréguela otra vez.",
    ),
    "DEAL-052": (
        "Venta {deal}: la entrega figura como «{state}», y nadie anotó desde cuándo.",
        "Escriba el día: todo lo que sigue se cuenta desde él.",
    ),
    "DEAL-048": (
        "En la venta {deal} no consta qué hay por escrito.",
        "Elija {lists.paper}.",
    ),
    "DEAL-049": (
        "En la venta {deal} no consta hasta cuándo se puede cancelar, renovar o sustituir el documento.",
        "Escriba el último día.",
    ),
    "DEAL-047": (
        "Venta {deal}: el último día para cancelar, renovar o sustituir el documento es el {day}.",
        "Decídalo con el cliente y anote la próxima fecha o el documento nuevo.",
    ),
    "DEAL-050": (
        "Venta {deal}: el trabajo empezó el {day} y todavía no hay contrato.",
        "Consiga la firma y elija después qué hay por escrito; o pare hasta tenerla.",
    ),
    "DEAL-002": (
        "El cliente «{client}» también aparece escrito «{other}».",
        "Escríbalo en todas partes como en el contrato, para que sus ventas se encuentren juntas.",
    ),
    "DEAL-008": (
        "Las ventas {deal} y {other} tienen el mismo número en el CRM: {ref}.",
        "Corrija una de las dos: una importación escribiría ambas en la misma fila.",
    ),
}
