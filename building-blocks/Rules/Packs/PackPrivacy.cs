using System.Text.RegularExpressions;

namespace Gengdu.Rules.Packs;

/// <summary>
/// What a person's data may not be used for: no indicator reads it, because analytics never gets it, and no message or explanation
/// repeats it, because those are shown to people for whom the value itself is masked; the next cycle does not offer it again. Rules may check it where it is typed.
/// </summary>
internal static partial class PackPrivacy
{
    private static readonly string[] s_classes = ["public", "internal", "personal", "sensitive"];

    public static void Check(PackContents pack, List<PackProblem> problems)
    {
        var personal = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (source, module) in pack.Modules)
        {
            for (var i = 0; i < module.Fields.Count; i++) CheckField(source, module.Fields[i], $"/fields/{i}", personal, problems);
        }

        foreach (var (source, module) in pack.Modules)
        {
            for (var i = 0; i < module.Rules.Count; i++) CheckRule(source, module, module.Rules[i], $"/rules/{i}", personal, problems);
            for (var i = 0; i < module.Fields.Count; i++)
            {
                if (Named(module.Fields[i].ShowIf, personal) is { } name) problems.Add(source.Problem($"/fields/{i}/showIf", $"a condition may not depend on '{name}': who may not read it would see its outcome"));
            }
        }

        for (var i = 0; i < pack.Indicators.Indicators.Count; i++)
        {
            var indicator = pack.Indicators.Indicators[i];
            foreach (var (member, text) in new[] { ("applies", indicator.Applies), ("numerator", indicator.Numerator), ("denominator", indicator.Denominator) })
            {
                if (Named(text, personal) is { } name) problems.Add(pack.IndicatorsSource.Problem($"/indicators/{i}/{member}", $"'{name}' is personal or sensitive and never reaches analytics"));
            }
        }
    }

    private static void CheckField(PackSource source, Field field, string at, HashSet<string> personal, List<PackProblem> problems)
    {
        if (!s_classes.Contains(field.DataClass)) problems.Add(source.Problem($"{at}/dataClass", $"unknown data class '{field.DataClass}'"));
        if (field.IsPersonal) personal.Add(field.Key);
        if (field is { Prefill: "previous", HasPersonalPart: true }) problems.Add(source.Problem($"{at}/prefill", $"'{field.Key}' is personal or sensitive and may not be offered again: each value has its own time to be erased"));
        for (var i = 0; i < field.Columns?.Count; i++)
        {
            CheckField(source, field.Columns[i], $"{at}/columns/{i}", personal, problems);
            if (field.IsPersonal) personal.Add(field.Columns[i].Key);
        }
    }

    private static void CheckRule(PackSource source, Module module, Rule rule, string at, HashSet<string> personal, List<PackProblem> problems)
    {
        foreach (var (name, text) in rule.Values ?? new Dictionary<string, string>())
        {
            if (Named(text, personal) is { } field) problems.Add(source.Problem($"{at}/values/{name}", $"a message may not repeat '{field}': it is personal or sensitive"));
        }

        for (var i = 0; i < (rule.Severity == "warning" ? rule.At.Count : 0); i++)
        {
            if (IsPersonal(module, rule.At[i])) problems.Add(source.Problem($"{at}/at/{i}", $"a warning may not stand at '{rule.At[i]}': its explanation would repeat what is masked"));
        }
    }

    private static bool IsPersonal(Module module, string address)
    {
        var parts = address.Split('/');
        return module.Fields.FirstOrDefault(field => field.Key == parts[0]) is { } known
            && (known.IsPersonal || (parts.Length == 3 && known.Columns?.Any(column => column.Key == parts[2] && column.IsPersonal) == true));
    }

    // Columns are members of rows, so what an expression reads of them is not among its names: the words of the text are
    // looked at instead. That may refuse a harmless word of the same spelling, never miss one.
    private static string? Named(string? expression, HashSet<string> personal) =>
        expression is null ? null : Word().Matches(expression).Select(word => word.Value).FirstOrDefault(personal.Contains);

    [GeneratedRegex("[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex Word();
}
