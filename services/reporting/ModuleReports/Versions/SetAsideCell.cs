using System.Text.Json;
using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.ModuleReports.Versions;

/// <summary>Something typed that the form no longer asks for: kept in the record, shown to the organisation's own people, part of no rule and no figure.</summary>
/// <param name="At">The cell of then.</param>
/// <param name="Value">What stood there; for an explanation its text.</param>
/// <param name="Rule">The rule that was explained; null for a value.</param>
/// <param name="Name">What people called the field or rule.</param>
/// <param name="ProgrammeVersion">The version it was typed on.</param>
/// <param name="SetAsideAt">Server time.</param>
internal sealed record SetAsideCell(string At, JsonElement Value, string? Rule, Text Name, string ProgrammeVersion, DateTimeOffset SetAsideAt)
{
    /// <summary>Later typing at the same cell of the same version takes the place of earlier typing, as it would have on the form.</summary>
    public static IReadOnlyList<SetAsideCell> Merge(IReadOnlyList<SetAsideCell> present, IReadOnlyList<SetAsideCell> more) => more.Count == 0 ? present
        : [.. present.Where(old => !more.Any(one => (one.At, one.Rule, one.ProgrammeVersion) == (old.At, old.Rule, old.ProgrammeVersion))), .. more];
}
