using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.Province.Make;
using Gengdu.Province.Play;
using Gengdu.Province.Values;
using Gengdu.Rules;

namespace Gengdu.Province.Tests;

/// <summary>An honest school is not stopped by a rule, and is asked to explain little.</summary>
public sealed class SchoolValuesTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);
    private static readonly PeriodContext Period = new(Today, new(2026, 9, 1), new(2027, 1, 31), new(2026, 9, 1), new(2027, 8, 31), 2026);
    private static readonly Programme Programme = ProgrammeReader.Read(Path.Combine(AppContext.BaseDirectory, "programmes", "labor-education"));
    private static readonly IReadOnlyList<Division> Divisions = Division.Read(Path.Combine(AppContext.BaseDirectory, "data", "divisions.csv"));

    [Fact]
    public void For_AnySchoolOfTheProvince_BreaksNoRule()
    {
        var broken = Schools.Make(Divisions, 1500, seed: 7).SelectMany(Results)
            .Where(r => r.Result.Severity is "error" or "broken").GroupBy(r => r.Result.Rule).Select(g => g.First()).Select(r => $"{r.School.Type} {r.School.Pupils}: {r.Result.Rule} {string.Join(",", r.Result.At)} {r.Result.Message.En}").ToList();

        Assert.True(broken.Count == 0, string.Join(Environment.NewLine, broken));
    }

    [Fact]
    public void For_AnySchool_AsksForFewExplanations()
    {
        var schools = Schools.Make(Divisions, 600, seed: 3);

        var warnings = schools.SelectMany(Results).Where(r => r.Result.Severity == "warning").ToList();

        Assert.NotEmpty(warnings);
        var most = string.Join(", ", warnings.GroupBy(w => w.Result.Rule).OrderByDescending(g => g.Count()).Take(8).Select(g => $"{g.Key} {g.Count()}"));
        Assert.True(warnings.Count < schools.Count * 8, $"{warnings.Count} warnings for {schools.Count} schools: {most}");
    }

    [Fact]
    public void Changes_OfEveryModule_NameOnlyFieldsOfThePack()
    {
        var school = Schools.Make(Divisions, 30, seed: 1)[0];

        foreach (var (module, values) in SchoolValues.For(new Figures(school, Today, Period.Start)))
        {
            Assert.All(values.Keys, key => Assert.Contains(Programme.Module(module)!.Fields, f => f.Key == key));
        }
    }

    [Theory]
    [InlineData("county-department")]
    [InlineData("city-department")]
    [InlineData("province-department")]
    public void For_ADepartment_BreaksNoRule(string module)
    {
        var form = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "programmes", "labor-education", "modules", $"{module}.json")))!;
        var context = new EvaluationContext(new("130102", null, []), Period);

        for (var seed = 0; seed < 50; seed++)
        {
            var values = new ValueSet(Programme).Add(module, Document(DepartmentValues.For(form, new Random(seed)), null));
            Assert.DoesNotContain(RuleEvaluator.Evaluate(Programme, module, values, context), r => r.Severity is "error" or "broken");
        }
    }

    [Fact]
    public void ValuesOf_TheSemesterBefore_BreakNoRuleAndAreNearTheRunningOnes()
    {
        var semester = Semester.At(Today).Before();
        var period = new PeriodContext(Today, semester.Start, semester.End, new(2025, 9, 1), new(2026, 8, 31), 2026);
        var schools = Schools.Make(Divisions, 400, seed: 1);

        var broken = schools.SelectMany(s => Results(s, PlayPast.ValuesOf(s, Today, semester), period)).Where(r => r.Result.Severity is "error" or "broken").Select(r => $"{r.School.Type}: {r.Result.Rule} {r.Result.Message.En}").Distinct();

        Assert.Empty(broken);
        Assert.All(schools, school =>
        {
            var (then, now) = (PlayPast.ValuesOf(school, Today, semester)["basic-information"], SchoolValues.For(new Figures(school, Today, Period.Start))["basic-information"]);
            var (before, after) = (Sum(then["students"]), Sum(now["students"]));
            Assert.InRange(before, after * 0.8, after);
        });
    }

    private static double Sum(object? byGrade) => ((Dictionary<string, object?>)byGrade!).Values.Sum(v => Convert.ToDouble(v, System.Globalization.CultureInfo.InvariantCulture));

    private static IEnumerable<(School School, RuleResult Result)> Results(School school) => Results(school, SchoolValues.For(new Figures(school, Today, Period.Start)), Period);

    private static IEnumerable<(School School, RuleResult Result)> Results(School school, Dictionary<string, Dictionary<string, object?>> all, PeriodContext period)
    {
        var values = new ValueSet(Programme);
        foreach (var (module, document) in all)
        {
            values.Add(module, Document(document, module == "basic-information" ? school : null));
        }

        var context = new EvaluationContext(new(school.Code, school.Type, school.Grades, school.UrbanRural, school.RunBy), period);
        return all.Keys.SelectMany(module => RuleEvaluator.Evaluate(Programme, module, values, context)).Select(r => (school, r));
    }

    private static JsonElement Document(Dictionary<string, object?> values, School? master)
    {
        var document = values.ToDictionary(v => v.Key, v => v.Value is IEnumerable<object> rows && rows.All(r => r is Dictionary<string, object?>) ? Rows(rows) : v.Value);
        if (master is not null)
        {
            (document["school_code"], document["school_name"], document["school_type"]) = (master.Code, master.NameZh, master.Type);
        }

        return JsonSerializer.SerializeToElement(document);
    }

    private static List<Dictionary<string, object?>> Rows(IEnumerable<object> rows) =>
        rows.Cast<Dictionary<string, object?>>().Select((row, i) => new Dictionary<string, object?>(row) { ["_id"] = $"r{i + 1}" }).ToList();
}
