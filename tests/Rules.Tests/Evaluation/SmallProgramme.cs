using System.Text.Json;

namespace Gengdu.Rules.Tests.Evaluation;

/// <summary>The fixture programme with a primary school that has grades 1 and 2.</summary>
internal static class SmallProgramme
{
    public static Programme Programme { get; } = ProgrammeReader.Read(Repository.Path("tests/Rules.Tests/Fixtures/small"));

    public static EvaluationContext Context { get; } = new(
        new SchoolContext("1301020001", "primary", ["g2", "g1"], "rural"),
        new PeriodContext(new(2026, 11, 22), new(2026, 9, 1), new(2027, 1, 20), new(2026, 9, 1), new(2027, 8, 31), 2026));

    public static ValueSet Values(string pupils = "{}", string staff = "{}") =>
        new ValueSet(Programme).Add("pupils", JsonDocument.Parse(pupils).RootElement).Add("staff", JsonDocument.Parse(staff).RootElement);

    public static IReadOnlyList<RuleResult> Run(string module, string pupils = "{}", string staff = "{}") =>
        RuleEvaluator.Evaluate(Programme, module, Values(pupils, staff), Context);

    public static IEnumerable<RuleResult> Only(this IEnumerable<RuleResult> results, string rule) => results.Where(result => result.Rule == rule);
}
