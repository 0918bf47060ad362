using System.Text.RegularExpressions;
using Gengdu.Rules;

namespace Gengdu.Analytics.Programmes;

/// <summary>A compiled programme, with what analytics works out about its indicators once and not at every event.</summary>
internal sealed class Formulas(Programme programme)
{
    public Programme Programme { get; } = programme;

    /// <summary>Indicators that a school's own values decide; the others come from the roster or wait for a later version.</summary>
    public IReadOnlyList<SchoolFormula> OfSchools { get; } =
        [.. programme.Indicators.Where(i => i.Later is null && i.Numerator is not null).Select(i => new SchoolFormula(i, AppliesModules(programme, i)))];

    /// <summary>Ids whose node figure is the spread between schools, not a sum.</summary>
    public string[] Dispersions { get; } = [.. programme.Indicators.Where(i => i.Kind == "dispersion").Select(i => i.Id)];

    /// <summary>Ids for which a median of the schools says something: for yes-or-no shares it would not.</summary>
    public string[] Medians { get; } = [.. programme.Indicators.Where(i => i.Kind == "ratio").Select(i => i.Id)];

    /// <summary>Formulas that read one of the modules; all when the modules are not named.</summary>
    public IEnumerable<SchoolFormula> Reading(IReadOnlySet<string>? modules) =>
        modules is null ? OfSchools : OfSchools.Where(formula => formula.Indicator.ModulesUsed.Any(modules.Contains));

    // Whether an indicator applies at all may be known before everything it reads is there: "senior in school.stages" needs
    // no module, "sum(classes) >= 12" needs one. A field's name inside a text literal would only make us wait longer.
    private static string[] AppliesModules(Programme programme, Indicator indicator) => indicator.Applies is not { } applies ? []
        : [.. indicator.FieldsUsed.Where(field => Regex.IsMatch(applies, $@"\b{Regex.Escape(field)}\b"))
            .Select(field => programme.ModuleOf(field)?.Key).OfType<string>().Distinct()];
}

/// <summary>An indicator that is computed from one school's values.</summary>
/// <param name="Indicator">Its definition.</param>
/// <param name="AppliesModules">Modules needed to say whether it applies.</param>
internal sealed record SchoolFormula(Indicator Indicator, IReadOnlyList<string> AppliesModules);
