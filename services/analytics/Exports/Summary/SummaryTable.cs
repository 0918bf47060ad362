namespace Gengdu.Analytics.Exports.Summary;

/// <summary>汇总表: units by indicators, as it is printed and as it is a workbook.</summary>
/// <param name="Language">"zh-CN" or "en".</param>
/// <param name="Lines">Below the title: cycle, freshness, what the marks mean.</param>
/// <param name="Groups">Merged headings with their columns.</param>
/// <param name="Rows">The total first, then the units in the order of the tree.</param>
/// <param name="Notes">Below the table: formula version, coverage.</param>
/// <param name="List">The sheet behind it: what each indicator is, or who is missing.</param>
internal sealed record SummaryTable(
    string Language, string Title, IReadOnlyList<string> Lines, SummaryHeadings Headings, IReadOnlyList<SummaryGroup> Groups, IReadOnlyList<SummaryRow> Rows, IReadOnlyList<string> Notes,
    ListSheet List, string Watermark)
{
    public IEnumerable<SummaryColumn> Columns => Groups.SelectMany(group => group.Columns);
}

/// <summary>Words of the table's own columns and sheet.</summary>
internal sealed record SummaryHeadings(string Number, string Code, string Unit, string Sheet);

/// <summary>Columns under one heading.</summary>
internal sealed record SummaryGroup(string Name, IReadOnlyList<SummaryColumn> Columns);

/// <summary>One column.</summary>
internal sealed record SummaryColumn(string Name, string Unit, int Decimals);

/// <summary>A number with its light: green, amber, red or none.</summary>
internal readonly record struct SummaryCell(decimal? Value, string Light);

/// <summary>One unit; depth 0 is the total.</summary>
internal sealed record SummaryRow(int Depth, string Code, string Name, IReadOnlyList<SummaryCell> Cells);
