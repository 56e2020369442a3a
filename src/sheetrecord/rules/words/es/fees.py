"""What the rules about the Fees sheet say in Spanish."""

from typing import Final

WORDS: Final = {
    "FEE-001": (
        "Venta {deal}: las líneas de honorarios suman {total} y no {value}: {gap} de diferencia.",
        "Corrija la línea o el importe acordado; anule lo que ya no va.",
    ),
    "FEE-002": (
        "Venta {deal}: «{line}» se cobra con un hito que no nombra.",
        "Nombre la fila de la hoja {Project} que la hace exigible.",
    ),
    "FEE-003": (
        "Venta {deal}: a la factura de «{line}» le falta: {lacks}.",
        "Rellene juntos el número, la fecha y los días de pago.",
    ),
    "FEE-005": (
        "Venta {deal}: el impuesto impreso de «{line}» es {tax}; según el tipo serían {expected}.",
        "Mire la factura: vale el impuesto impreso, así que corrija el tipo o la cifra.",
    ),
    "FEE-006": (
        "La factura {number} figura en {client} y en {other}.",
        "Corrija el número; si la factura se volvió a emitir, anule la línea antigua.",
    ),
    "FEE-007": (
        "Venta {deal}: por «{line}» se pagaron {over} de más.",
        "Pregunte al cliente por qué: devuélvalo o aplíquelo a otra línea.",
    ),
    "FEE-008": (
        "Venta {deal}: «{line}» está pagada y no tiene factura.",
        "Haga la factura, o pase el cobro a la línea que le corresponde.",
    ),
    "FEE-009": (
        "Venta {deal}: el importe acordado {value} es lo que suman las líneas con impuestos.",
        "Escriba el importe acordado sin impuestos.",
    ),
    "FEE-010": (
        "Venta {deal}: «{line}» ya se puede facturar: su hito se aceptó el {day}.",
        "Marque «{Fees.ready}», o diga en {Fees.note} a qué espera.",
    ),
    "FEE-011": (
        "Venta {deal}: de «{line}» queda por cobrar justo el impuesto de {tax}.",
        "Pregunte si el cliente pagó sin impuestos o si los retiene.",
    ),
    "FEE-013": (
        "Venta {deal}: «{line}» es mensual y no dice de qué mes.",
        "Escriba el mes, por ejemplo 2026-03.",
    ),
    "FEE-014": (
        "Venta {deal}: la retención de «{line}» no tiene fecha de liberación.",
        "Escriba el día desde el que es exigible.",
    ),
    "FEE-016": (
        "Venta {deal}: «{line}» figura como «{kind}» y aumenta la suma.",
        "Escríbala con signo menos.",
    ),
    "FEE-017": (
        "Venta {deal}: la nota de crédito «{line}» no dice a qué línea corresponde.",
        "Nombre la línea a la que se aplica.",
    ),
    "FEE-018": (
        "Venta {deal}: por horas se llega a {total}, por encima de los {value} acordados.",
        "Pare y pida más al cliente, o dé el resto por perdido a sabiendas.",
    ),
    "FEE-019": (
        "Venta {deal}: «{line}» debe facturarse el {day}.",
        "Factúrela, o prevea otro día.",
    ),
    "FEE-021": (
        "Venta {deal}: «{line}» se anuló y entraron {amount} por ella.",
        "Pase el cobro a la línea que la sustituyó, o devuélvalo.",
    ),
    "FEE-022": (
        "Venta {deal}: «{line}» dice con palabras cuándo se cobra cada parte.",
        "Haga una línea de cada parte, con lo que la hace exigible.",
    ),
    "FEE-023": (
        "Venta {deal}: «{line}» figura facturada el {day}, un día que aún no ha llegado.",
        "Corrija la fecha.",
    ),
    "FEE-024": (
        "Venta {deal}: «{line}» ya se puede facturar, y «{kind}» no tiene respuesta.",
        "Escriba en la hoja {Context} a qué empresa se factura, con qué número de pedido o portal, y quién paga.",
    ),
    "FEE-025": (
        "Venta {deal}: una línea de honorarios se cobra con un hecho que nadie describió.",
        "Diga en su descripción, o en «{Project.acceptance_test}» de su hito, qué cuenta como ese hecho.",
    ),
    "FEE-027": (
        "Venta {deal}: «{line}» no tiene día en que facturarse.",
        "Prevea un día; lo que nunca se previó nunca va tarde.",
    ),
    "FEE-028": (
        "Venta {deal}: «{line}» espera una aceptación, y su hito se terminó el {day}.",
        "Pida al cliente que lo acepte, y anote quién y cuándo.",
    ),
    "FEE-030": (
        "Venta {deal}: «{line}» está en {currency}, la venta en {other}.",
        "Corrija la moneda, o haga de ella una venta aparte: no entra en las sumas de la venta.",
    ),
    "FEE-040": (
        "Venta {deal}: la contabilidad dice otra cosa de «{line}»: {what}.",
        "Compare las dos facturas y corrija la que esté mal.",
    ),
}
