namespace Gengdu.Sheets;

/// <param name="Number">As the sheet numbers it; the first is 1.</param>
/// <param name="Cells">Texts as somebody reads them.</param>
/// <param name="HasFormula">Whether a column holds a formula, or begins like one.</param>
public sealed record SheetRow(int Number, string[] Cells, Func<int, bool> HasFormula)
{
    public bool IsEmpty => Array.TrueForAll(Cells, string.IsNullOrWhiteSpace);

    /// <summary>"" beyond the last.</summary>
    public string this[int column] => column < Cells.Length ? Cells[column] : "";
}
