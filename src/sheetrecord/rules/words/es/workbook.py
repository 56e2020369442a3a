"""What the rules about the workbook itself say in Spanish: headers, cells, ids, rows, versions."""

from typing import Final

WORDS: Final = {
    "HEAD-001": (
        "Falta la hoja {sheet}.",
        "Recupérela de una copia anterior, o vuelva a llamar {sheet} a la hoja que ocupó su lugar.",
    ),
    "HEAD-002": (
        "La columna «{column}» no está en la hoja {sheet}.{maybe}",
        "Vuelva a poner su encabezado, o copie la columna de la plantilla.",
    ),
    "HEAD-003": (
        "El encabezado «{header}» es, por su nombre oculto, la columna «{column}», pero no lo dice.",
        "No se ha perdido nada. Devuélvale su nombre, o déjelo así si todos saben qué significa.",
    ),
    "HEAD-004": (
        "Dos columnas se llaman «{header}»: esta se lee, {others} no.",
        "Cambie el nombre de la otra o quítela, después de mover lo que contiene.",
    ),
    "HEAD-005": (
        "El encabezado «{header}» se lee como la columna «{column}»; está en otro idioma.",
        "No hay nada que hacer, salvo que quiera todos los encabezados en un idioma.",
    ),
    "HEAD-006": (
        "La columna «{column}» solo se reconoce por su encabezado «{header}»; su nombre oculto ya no está.",
        "No cambie este encabezado. Una copia de la plantilla tiene el nombre.",
    ),
    "HEAD-007": (
        "El nombre oculto de la columna «{column}» apunta aquí, pero su encabezado está en {there}.",
        "Compruebe cuál de las dos tiene los valores correctos y ponga el encabezado sobre ella.",
    ),
    "HEAD-008": (
        "El encabezado de la columna «{column}» está en blanco.",
        "Escriba de nuevo el encabezado.",
    ),
    "HEAD-009": (
        "La hoja «{title}» parece una copia de {sheet}; solo se lee {sheet}.",
        "Pase lo nuevo a {sheet} y borre la copia.",
    ),
    "HEAD-010": (
        "La hoja «{title}» se lee como {sheet}.",
        "No hay nada que hacer: se reconoce por los nombres ocultos de sus columnas.",
    ),
    "HEAD-011": (
        "La columna «{column}» tiene ahora el encabezado «{header}», que significa «{other}».",
        "Vuelva a poner el encabezado correcto; hasta entonces vale el nombre oculto de la columna.",
    ),
    "HEAD-012": (
        "La columna {letters} tiene valores pero no encabezado, desde la fila {row}.",
        "Póngale un encabezado, o mueva lo que contiene: las columnas sin encabezado se conservan, pero nunca se leen.",
    ),
    "HEAD-013": (
        "En la lista «{list}» falta el código «{code}».",
        "Restaure la fila en la hoja {Lists}: puede cambiar las palabras, pero conserve todos los códigos.",
    ),
    "HEAD-014": (
        "La palabra «{label}» vale para dos códigos de la lista «{list}».",
        "Dé a cada código una palabra propia en la hoja {Lists}.",
    ),
    "HEAD-015": (
        "Los nombres ocultos de {count} columnas, desde la {first}, no se movieron con sus encabezados.",
        "Compruebe que cada encabezado está sobre sus valores: se da por bueno el encabezado.",
    ),
    "HEAD-016": (
        "Falta la hoja {sheet}: no se puede leer lo que exige la propia empresa.",
        "Recupere la hoja de una copia anterior. Antes ninguna venta se da por lista ni se entrega.",
    ),
    "HEAD-017": (
        "Se perdieron nombres ocultos ({sheets}: {count}); lo que nombraban se encuentra por los encabezados.",
        "`sheetrecord validate BOOK --fix` los devuelve. Hasta entonces deje los encabezados como están.",
    ),
    "HEAD-018": (
        "La hoja {sheet} ya no contiene lo que hace falta: {what}.",
        "Recupere las filas de una copia anterior, con sus palabras en la primera columna.",
    ),
    "HEAD-019": (
        "La hoja {sheet} no tiene encabezados ni nombres ocultos: nadie puede distinguir sus columnas.",
        "Recupere la fila de encabezados de una copia anterior; antes no se juzga nada en esta hoja.",
    ),
    "HEAD-020": (
        "No se sabe con certeza qué columna de {sheet} es «{column}» ({why}), así que solo la vista de la dirección muestra sus filas: {count}.",
        "Vuelva a poner el encabezado o la columna, o diga en cada fila quién puede verla y ejecute `sheetrecord validate BOOK --fix`.",
    ),
    "HEAD-021": (
        "{count} encabezados de {sheet} están en blanco en la fila {row}.",
        "`sheetrecord validate BOOK --fix` los escribe de nuevo; las columnas se leen por sus nombres ocultos.",
    ),
    "HEAD-022": (
        "{count} columnas no están en la hoja {sheet}.",
        "Recupere la fila de encabezados de una copia anterior; lo que hay ahora no se lee.",
    ),
    "HEAD-023": (
        "Este libro cuenta sus días desde 1904.",
        "Compare una fecha que conozca. Si todas van 4 años y 1 día tarde, desactive la opción en Excel: Archivo, Opciones, Avanzadas, Usar sistema de fechas 1904.",
    ),
    "HEAD-024": (
        "Junto a los datos hay otra tabla, desde la columna {letters}.",
        "No hay nada que hacer: se conserva como está, y sus filas no se leen.",
    ),
    "HEAD-025": (
        "Se borró la fila de encabezados de {sheet}: la fila {row} tiene datos donde estaban.",
        "Inserte una fila sobre la fila {row} y ejecute `sheetrecord validate BOOK --fix`.",
    ),
    "HEAD-026": (
        "En la lista «{list}», «{label}» está junto al código {code}, pero es la palabra de {other}; se movieron {count} palabras.",
        "Ordene juntas las palabras y los códigos de la hoja {Lists}, o devuelva cada palabra junto a su código.",
    ),
    "HEAD-027": (
        "La hoja {Lists} cuenta «{label}» de otro modo que las reglas (filas así: {count}).",
        "Deje tipo y rango como en la plantilla: el recuento de la hoja se guía por ellos.",
    ),
    "GUARD-001": (
        "La hoja {Lists} pide «{kind}» más tarde o con menos rigor que las reglas ({stage}).",
        "Un libro puede pedir más, nunca menos. Nuestra exigencia sigue en vigor.",
    ),
    "GUARD-002": (
        "Este ajuste no se entiende: «{text}».",
        "Compárelo con la fila de ejemplo de la tabla, o ejecute `sheetrecord explain GUARD-002`.",
    ),
    "GUARD-003": (
        "Lo que se fijó de {deals} en la venta no es lo que se escribió entonces.",
        'Use el libro de una copia anterior, o fíjelo como está ahora, con un motivo que queda anotado: `sheetrecord promote BOOK DEAL --refreeze --why "..."`.',
    ),
    "GUARD-004": (
        "{deals} se vendió, según el registro, y no se fijó nada de ello.",
        'Use el libro de una copia anterior, o fíjelo como está ahora, con un motivo que queda anotado: `sheetrecord promote BOOK DEAL --refreeze --why "..."`.',
    ),
    "GUARD-005": (
        "El registro oculto de las entregas {what}.",
        'Use el libro de una copia anterior, o acéptelo como está, con un motivo que queda anotado: `sheetrecord promote BOOK DEAL --refreeze --why "..."` en una venta que se vendió.',
    ),
    "GUARD-006": (
        "El ajuste «{label}» no puede ser «{text}».",
        "{wanted}",
    ),
    "MIG-001": (
        "Este libro se hizo con la versión {version} del registro; la actual es la {present}.",
        "Páselo a la versión actual: `sheetrecord migrate BOOK`, con --plan para verlo antes.",
    ),
    "MIG-002": (
        "Las fórmulas antiguas de «{column}» muestran otro dinero que las actuales: {shown} aquí, {ours} ahora (filas: {count}).",
        "Pase primero el libro a la versión actual: `sheetrecord migrate BOOK`.",
    ),
    "MIG-003": (
        "Algunas fórmulas son de una versión anterior (columnas: {count}): {some}.",
        "`sheetrecord migrate BOOK` las renueva, con --plan para verlo antes.",
    ),
    "TYPE-001": (
        "«{value}» es texto; «{column}» necesita un número.{maybe}",
        "Escriba solo el número; la moneda y los millares los pone el formato de la celda.",
    ),
    "TYPE-002": (
        "«{value}» es texto; «{column}» necesita una fecha.{maybe}",
        "Escriba la fecha como las muestra su programa. Si solo se sabe en palabras, póngalo en la nota.",
    ),
    "TYPE-003": (
        "«{value}» no es una opción de «{column}».{maybe}",
        "Elija {choices}, o añada la palabra en la hoja {Lists}.",
    ),
    "TYPE-004": (
        "La celda muestra {value}, así que «{column}» no se conoce.",
        "Escriba de nuevo el valor; la fórmula apunta a algo que se borró.",
    ),
    "TYPE-005": (
        "La fórmula de «{column}» nunca se calculó, así que su valor no se conoce.",
        "Abra el libro en Excel, LibreOffice o Google Sheets, guárdelo y compruebe otra vez.",
    ),
    "TYPE-006": (
        "{value} no es un importe entero: {currency} tiene {places} decimales.",
        "Redondéelo, o compruebe si es un tipo, el resto de una fórmula u otra moneda.",
    ),
    "TYPE-007": (
        "{value} es demasiado grande para ser un importe.",
        "Compruebe las cifras: una hoja de cálculo guarda 15.",
    ),
    "TYPE-008": (
        "{value} no es una fecha probable: se admiten fechas de 1990 a 2100.",
        "Escriba de nuevo la fecha.",
    ),
    "TYPE-009": (
        "«{value}» no es un código de moneda.",
        "Use las tres letras de ISO 4217, por ejemplo EUR, MXN o USD. Un signo podría significar muchas.",
    ),
    "TYPE-010": (
        "«{value}» contiene caracteres que no se ven.",
        "Escríbalo de nuevo; vienen al copiar de páginas web y PDF.",
    ),
    "TYPE-011": (
        "El texto de «{column}» tiene {length} caracteres: en una celda caben 32,767, así que puede estar cortado.",
        "Guarde el documento en otro sitio y ponga aquí su enlace.",
    ),
    "TYPE-013": (
        "{value} como parte significa {value} veces el total; seguramente quiere decir {meant}.",
        "Escríbalo con el signo de por ciento.",
    ),
    "TYPE-014": (
        "«{value}» no es ni «{yes}» ni blanco en «{column}».",
        "Ponga «{yes}» o déjelo en blanco.",
    ),
    "TYPE-015": (
        "«{value}» no es un mes como 2026-07.",
        "Escriba el año y el mes, como 2026-07.",
    ),
    "TYPE-016": (
        "«{value}» en «{column}» se lee como: {meant}; la propia hoja solo conoce «{yes}» y blanco.",
        "`sheetrecord validate BOOK --fix` lo escribe como en la lista; sin marca, déjelo en blanco.",
    ),
    "TYPE-017": (
        "«{column}» contiene la fecha {value}; si se escribió como texto, por ejemplo 2-4, ese texto se perdió.",
        "Escríbalo de nuevo con un apóstrofo delante ('2-4), o déjelo si se quería una fecha.",
    ),
    "TYPE-018": (
        "«{column}» contiene el número {value}: los ceros delante, u otra cosa que se escribiera, se perdieron.{more}",
        "Escríbalo de nuevo con un apóstrofo delante ('00123), o dé antes formato de texto a la columna.",
    ),
    "TYPE-020": (
        "{value} en «{column}» no es {internal}, {ops} ni {client}, así que solo la vista de la dirección muestra la fila.{maybe}",
        "Elija {lists.share}.",
    ),
    "TYPE-021": (
        "«{value}» en «{column}» no nombra a nadie ni nada.",
        "Escriba quién o qué es, o deje la celda vacía hasta que se sepa.",
    ),
    "TYPE-022": (
        "{value} en «{column}» es menor que cero.",
        "Escríbalo sin el signo menos; lo que se descuenta es una línea, o un cambio, aparte.",
    ),
    "ROW-001": (
        "El número «{id}» está en {count} filas: {rows}.",
        "Una fila copiada se lleva su número; `sheetrecord validate BOOK --fix` da a la copia uno propio.",
    ),
    "ROW-002": (
        "Esta fila no tiene número.{maybe}",
        "{do}",
    ),
    "ROW-004": (
        "La fila {row} parece un total debajo de los datos.",
        "Bórrela: la hoja {Deal} suma por sí misma, y una fila nueva debajo puede pasarse por alto.",
    ),
    "ROW-005": (
        "Las filas {first} a {last} están en blanco, con filas llenas debajo (huecos así: {count}).",
        "No se ha perdido nada, pero ordenar o filtrar en un programa se detiene en una fila en blanco.",
    ),
    "ROW-006": (
        "Se escribió «{value}» sobre la fórmula de «{column}».",
        "`sheetrecord validate BOOK --fix` vuelve a poner la fórmula.",
    ),
    "ROW-007": (
        "A la columna «{column}» le falta su fórmula desde la fila {first} (filas: {count}).",
        "`sheetrecord validate BOOK --fix` la vuelve a poner; hasta entonces los recuentos de la hoja no las incluyen.",
    ),
    "ROW-008": (
        "Las fórmulas de «{column}» se sustituyeron por valores en {count} filas, desde la fila {first}.",
        "`sheetrecord validate BOOK --fix` las vuelve a poner.",
    ),
    "ROW-009": (
        "Hay celdas combinadas desde la fila {row}.",
        "Sepárelas: solo la primera celda de un bloque combinado contiene un valor.",
    ),
    "ROW-010": (
        "El número «{id}» es de la hoja {other}.",
        "Devuelva la fila a {other}, o borre el número para que aquí reciba otro.",
    ),
    "ROW-011": (
        "En la columna de fórmulas «{column}» hay otra fórmula: ={text}{more}",
        "`sheetrecord validate BOOK --fix --plan` muestra los dos textos; `--fix` vuelve a poner ={wanted}.",
    ),
    "ROW-012": (
        "{count} de {rows} en «{column}» están en otras filas que en {base}.",
        "Deshaga la ordenación, o tome la columna de allí; si es a propósito, sincronice con --allow sorted-apart.",
    ),
    "ROW-013": (
        "Las fórmulas de {count} columnas no son las de este registro: {some}.",
        "`sheetrecord validate BOOK --fix --plan` muestra los dos textos de cada una; `--fix` vuelve a poner los nuestros.",
    ),
    "ROW-014": (
        "El número «{id}» de la fila {filled} está también en la fila vacía {row}: las demás hojas encuentran esa.",
        "Borre el número de la fila {row}, o suba a ella lo que hay en la fila {filled}.",
    ),
    "ROW-015": (
        "La fila {row} repite los encabezados, por lo que no se lee.",
        "Elimine la fila; se pegó junto con los datos.",
    ),
    "OWN-001": (
        "La empresa pide «{column}» desde «{stage}».",
        "Rellene la celda.",
    ),
    "OWN-002": (
        "«{value}» no encaja en la columna propia «{column}» de la empresa: se espera {wanted}.",
        "Corrija la celda, o la línea de la columna en la hoja {Settings}.",
    ),
    "OWN-003": (
        "La venta no tiene líneas de honorarios, y ningún plan de cobro sirve para «{model}».",
        "Escriba las líneas en la hoja {Fees}, o añada en la hoja {Settings} un plan que sirva.",
    ),
    "LINK-001": (
        "No existe la venta «{deal}».{more}",
        "Corrija el número de venta, o añada la venta en la hoja {Deal}.",
    ),
    "LINK-002": (
        "Esta fila no pertenece a ninguna venta.",
        "Ponga el número de la venta en su columna.",
    ),
    "LINK-003": (
        "No existe la fila «{id}» en la hoja {sheet}.",
        "Corrija el número, o vacíe la celda.",
    ),
    "LINK-004": (
        "«{id}» es de la venta {other}, y esta fila de la {deal}.",
        "Remita a una fila de la misma venta.",
    ),
    "LINK-005": (
        "La venta se nombra a sí misma como venta anterior.",
        "Nombre la venta anterior del mismo cliente, o vacíe la celda.",
    ),
}
