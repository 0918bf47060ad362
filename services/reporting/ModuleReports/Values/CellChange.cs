using System.Text.Json;

namespace Gengdu.Reporting.ModuleReports.Values;

/// <summary>One edit of the form.</summary>
/// <param name="At">Cell address: "boarders", "classes/g1", "titles/r1", "titles/r1/level".</param>
/// <param name="Value">The new value; null removes the cell or row.</param>
internal sealed record CellChange(string At, JsonElement Value);
