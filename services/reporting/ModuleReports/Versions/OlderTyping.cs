using System.Text.Json;
using Gengdu.Reporting.ModuleReports.Values;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Text = Gengdu.ServiceDefaults.Text;

namespace Gengdu.Reporting.ModuleReports.Versions;

/// <summary>
/// What a save comes to. Typed on the report's own form it is taken or refused as a whole; typed on another version, offline perhaps, what
/// the report's form has no place for is set aside and the rest is stored: nobody could correct it any more.
/// </summary>
internal sealed record OlderTyping(string? Values, IReadOnlyList<Explanation> Explanations, IReadOnlyList<SetAsideCell> SetAside, IReadOnlyList<FieldError> Errors)
{
    public static OlderTyping Apply(ModuleReportDossier dossier, Programme? typedOn, IReadOnlyList<CellChange> changes, IReadOnlyList<Explanation> explanations, DateTimeOffset now)
    {
        if (typedOn is null || typedOn.Version == dossier.Programme.Version)
        {
            var (stored, faults) = CellEditor.Apply(dossier.Programme, dossier.Module, dossier.Values, changes);
            var (said, unacceptable) = ExplanationEditor.Apply(dossier.Module, dossier.ModuleReport.Explanations, explanations);
            return new(stored, said, [], [.. faults, .. unacceptable]);
        }

        var then = typedOn.Module(dossier.Module.Key);
        var aside = new List<SetAsideCell>();
        var left = new List<CellChange>(changes.Where(change => Carries(then, dossier.Module, change.At)));
        aside.AddRange(changes.Except(left).Select(change => Cell(change, then, typedOn.Version, now)));
        var (values, errors) = CellEditor.Apply(dossier.Programme, dossier.Module, dossier.Values, left);
        while (values is null && left.RemoveAll(change => errors.Any(error => Touches(error.At, change.At))) > 0)
        {
            (values, errors) = CellEditor.Apply(dossier.Programme, dossier.Module, dossier.Values, left);
        }

        aside.AddRange(changes.Except(left).Where(change => aside.TrueForAll(cell => cell.At != change.At)).Select(change => Cell(change, then, typedOn.Version, now)));
        var known = explanations.Where(e => ExplanationEditor.Apply(dossier.Module, [], [e]).Errors.Count == 0).ToList();
        aside.AddRange(explanations.Except(known).Select(e => new SetAsideCell(
            e.At, JsonSerializer.SerializeToElement(e.Text, ModuleReport.Json), e.Rule, new Text("说明", "Explanation"), typedOn.Version, now)));
        var (explained, unfit) = ExplanationEditor.Apply(dossier.Module, dossier.ModuleReport.Explanations, known);
        return new(values, explained, [.. aside.Where(cell => CellType.IsReadable(cell.Value) && cell.Value.ValueKind is not JsonValueKind.Null)], [.. errors, .. unfit]);
    }

    private static bool Carries(Module? then, Module now, string at)
    {
        var key = at.Split('/')[0];
        return then?.Field(key) is { } old && now.Field(key) is { } field && FieldVersions.Carries(old, field);
    }

    private static bool Touches(string? error, string change) => error is not null
        && (error == change || change.StartsWith($"{error}/", StringComparison.Ordinal) || error.StartsWith($"{change}/", StringComparison.Ordinal));

    private static SetAsideCell Cell(CellChange change, Module? then, string version, DateTimeOffset now)
    {
        var name = then?.Field(change.At.Split('/')[0])?.Name;
        return new(change.At.Length > 200 ? change.At[..200] : change.At, change.Value.Clone(), null, name is null ? new Text(change.At, change.At) : new Text(name.Zh, name.En), version, now);
    }
}
