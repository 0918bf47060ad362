using Gengdu.Rules.Cel;

namespace Gengdu.Rules.Packs;

/// <summary>Compiles every expression of a programme and resolves what it names.</summary>
internal static class PackLinker
{
    public static void Link(Programme programme, PackContents pack, List<PackProblem> problems)
    {
        var names = PackNames.Of(programme);
        foreach (var module in pack.Modules) LinkModule(programme, names, module, problems);
        for (var i = 0; i < programme.Indicators.Count; i++)
            LinkIndicator(programme, names, programme.Indicators[i], new ExpressionLinker(pack.IndicatorsSource, $"/indicators/{i}", problems));
    }

    private static void LinkModule(Programme programme, CelNames names, PackModule module, List<PackProblem> problems)
    {
        for (var i = 0; i < module.Content.Fields.Count; i++)
            LinkField(module.Content.Fields[i], names, new ExpressionLinker(module.Source, $"/fields/{i}", problems));
        var ruleNames = PackNames.InRules(programme, module.Content, names);
        for (var i = 0; i < module.Content.Rules.Count; i++)
            RuleLinker.Link(programme, module.Content, module.Content.Rules[i], ruleNames, new ExpressionLinker(module.Source, $"/rules/{i}", problems));
        module.Content.RelatedModules =
            [.. module.Content.Rules.SelectMany(rule => rule.Fields)
                .Concat(module.Content.Fields.SelectMany(field => field.Checker?.Names ?? []).Where(name => programme.Field(name) is not null))
                .Select(field => programme.ModuleOf(field)!.Key).Where(key => key != module.Content.Key).Distinct()];
    }

    private static void LinkField(Field field, CelNames names, ExpressionLinker linker)
    {
        var showIf = field.ShowIf is { } condition ? linker.Compile("showIf", condition, names, CelTypeKind.Bool) : null;
        field.Checker = new FieldChecker(field, linker.Pattern("pattern", field.Pattern), showIf);
        for (var i = 0; i < field.Columns?.Count; i++)
            field.Columns[i].Checker = new FieldChecker(field.Columns[i], linker.Pattern($"columns/{i}/pattern", field.Columns[i].Pattern), null);
    }

    private static void LinkIndicator(Programme programme, CelNames names, Indicator indicator, ExpressionLinker linker)
    {
        if (indicator.Missing is not ("skip" or "zero")) linker.Say("missing", "missing must be skip or zero");
        if (indicator.Later is not null || indicator.Kind is "timeliness") return;
        if (indicator.Numerator is null || indicator.Denominator is null)
        {
            linker.Say("", "numerator and denominator are needed");
            return;
        }
        var applies = indicator.Applies is { } condition ? linker.Compile("applies", condition, names, CelTypeKind.Bool) : null;
        var numerator = linker.Compile("numerator", indicator.Numerator, names, CelTypeKind.Double);
        var denominator = linker.Compile("denominator", indicator.Denominator, names, CelTypeKind.Double);
        if (numerator is null || denominator is null) return;
        indicator.FieldsUsed = Fields(programme, applies, numerator, denominator);
        indicator.ModulesUsed = [.. indicator.FieldsUsed.Select(field => programme.ModuleOf(field)!.Key).Distinct()];
        indicator.Compiled = new CompiledIndicator(applies, numerator, denominator, Slots(programme, indicator.FieldsUsed));
    }

    public static IReadOnlyList<string> Fields(Programme programme, params IEnumerable<CelExpression?> expressions) =>
        [.. expressions.OfType<CelExpression>().SelectMany(expression => expression.Names).Where(name => programme.Field(name) is not null).Distinct()];

    public static int[] Slots(Programme programme, IReadOnlyList<string> fields) => [.. fields.Select(programme.Layout.SlotOf)];
}
