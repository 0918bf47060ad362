using Gengdu.Rules.Cel;

namespace Gengdu.Rules.Packs;

/// <summary>Keys that must be unique or must exist. What the schema can't say, and what it says again for bundles, which no schema checks.</summary>
internal static class PackConsistency
{
    private static readonly string[] s_types = ["integer", "decimal", "boolean", "choice", "choices", "text", "date", "rows"];
    private static readonly string[] s_names = ["school", "period", "g", "grade", "row", "rowIndex", "previous", "parent", "master", "peers", "numbers", "texts", "cell"];

    public static void Check(PackContents pack, List<PackProblem> problems)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var rules = new HashSet<string>(StringComparer.Ordinal);
        Duplicates(pack.HeadSource, "/grades", pack.Head.Grades.Select(grade => grade.Key), problems);
        Duplicates(pack.HeadSource, "/master", pack.Head.Master?.Select(figure => figure.Key) ?? [], problems);
        Duplicates(pack.HeadSource, "/modules", [.. pack.Head.Modules, .. pack.Head.DepartmentModules], problems);
        foreach (var module in pack.Modules) CheckModule(pack, module, fields, rules, problems);
        Duplicates(pack.IndicatorsSource, "/indicators", pack.Indicators.Indicators.Select(indicator => indicator.Id), problems);
        for (var i = 0; i < pack.Indicators.Indicators.Count; i++)
        {
            var area = pack.Indicators.Indicators[i].Area;
            if (pack.Head.Areas.All(known => known.Key != area)) problems.Add(pack.IndicatorsSource.Problem($"/indicators/{i}/area", $"unknown area '{area}'"));
        }
        CheckProfile(pack, problems);
        foreach (var key in pack.Head.Modules.Concat(pack.Head.DepartmentModules).Except(pack.Modules.Select(module => module.Content.Key)))
            problems.Add(pack.HeadSource.Problem("/modules", $"there is no module '{key}'"));
    }

    private static void CheckProfile(PackContents pack, List<PackProblem> problems)
    {
        if (pack.Head.Profile is not { } profile) return;
        void Say(string member, string reason) => problems.Add(pack.HeadSource.Problem($"/profile/{member}", reason));
        foreach (var (member, source) in new[] { ("pupils", profile.Pupils), ("boarders", profile.Boarders) })
        {
            if (source is null) continue;
            var field = pack.Modules.Where(module => pack.Head.Modules.Contains(module.Content.Key)).SelectMany(module => module.Content.Fields).FirstOrDefault(known => known.Key == source.Field);
            if (field is not { Type: "integer" or "decimal" }) Say($"{member}/field", $"'{source.Field}' is no number that schools report");
            if (source.Master is { } register && pack.Head.Master?.Any(figure => figure.Key == register) != true) Say($"{member}/master", $"there is no register figure '{register}'");
        }
        if (profile.Sizes is { } sizes && (sizes.Any(size => size <= 0) || sizes.Zip(sizes.Skip(1)).Any(pair => pair.First >= pair.Second))) Say("sizes", "sizes are above 0 and grow");
    }

    private static void CheckModule(PackContents pack, PackModule module, Dictionary<string, string> fields, HashSet<string> rules, List<PackProblem> problems)
    {
        var (source, content) = module;
        for (var i = 0; i < content.Fields.Count; i++)
        {
            var field = content.Fields[i];
            if (!fields.TryAdd(field.Key, content.Key)) problems.Add(source.Problem($"/fields/{i}/key", $"the field '{field.Key}' exists already in module '{fields[field.Key]}'"));
            CheckField(pack, source, field, $"/fields/{i}", problems);
        }
        for (var i = 0; i < content.Rules.Count; i++)
            if (!rules.Add(content.Rules[i].Id)) problems.Add(source.Problem($"/rules/{i}/id", $"the rule '{content.Rules[i].Id}' exists already"));
        var placed = content.Sections.SelectMany(section => section.Fields).ToList();
        Duplicates(source, "/sections", placed, problems);
        foreach (var key in placed.Except(content.Fields.Select(field => field.Key))) problems.Add(source.Problem("/sections", $"a section names the unknown field '{key}'"));
        foreach (var key in content.Fields.Select(field => field.Key).Except(placed)) problems.Add(source.Problem("/sections", $"no section holds the field '{key}'"));
    }

    private static void CheckField(PackContents pack, PackSource source, Field field, string at, List<PackProblem> problems)
    {
        void Say(string member, string reason) => problems.Add(source.Problem($"{at}/{member}", reason));
        if (!IsName(field.Key)) Say("key", $"'{field.Key}' can't be a name in expressions");
        if (!s_types.Contains(field.Type)) Say("type", $"unknown type '{field.Type}'");
        if (field.Per is not (null or "grade")) Say("per", "only \"grade\" is known");
        if (field.Type is "choice" or "choices" && field.Options is not { Count: > 0 }) Say("type", "a choice needs options");
        Duplicates(source, $"{at}/options", field.Options?.Select(option => option.Key) ?? [], problems);
        if (field.Step <= 0) Say("step", "a step must be more than 0");
        if (field.Min > field.Max) Say("min", "min is more than max");
        foreach (var grade in field.Grades?.Except(pack.Head.Grades.Select(grade => grade.Key)) ?? []) Say("grades", $"unknown grade '{grade}'");
        if (field.Prefill?.Split('.') is ["master", var register])
        {
            if (pack.Head.Master?.FirstOrDefault(figure => figure.Key == register) is not { } known) Say("prefill", $"there is no register figure '{register}'");
            else if (field.Type is not ("integer" or "decimal") || (field.IsMatrix && !known.ByGrade)) Say("prefill", $"'{register}' is a number{(known.ByGrade ? "" : " of the whole school")}");
        }
        if (field.Type != "rows")
        {
            if (field.Columns is not null) Say("columns", "only rows have columns");
            return;
        }
        if (field.Columns is not { Count: > 0 } columns) Say("type", "rows need columns");
        else if (field.IsMatrix) Say("per", "rows can't be asked by grade");
        else
        {
            Duplicates(source, $"{at}/columns", columns.Select(column => column.Key), problems);
            for (var i = 0; i < columns.Count; i++)
            {
                if (columns[i].Type == "rows" || columns[i].IsMatrix || columns[i].ShowIf is not null) Say($"columns/{i}", "a column can't hold rows or grades, nor have a condition");
                else CheckField(pack, source, columns[i], $"{at}/columns/{i}", problems);
            }
        }
    }

    private static bool IsName(string key) =>
        key.Length > 0 && !char.IsAsciiDigit(key[0]) && key.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
        && !CelNames.Reserved.Contains(key) && !s_names.Contains(key);

    private static void Duplicates(PackSource source, string pointer, IEnumerable<string> keys, List<PackProblem> problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var key in keys)
        {
            if (!seen.Add(key)) problems.Add(source.Problem($"{pointer}/{index}", $"'{key}' appears twice"));
            index++;
        }
    }
}
