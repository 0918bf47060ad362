using System.Text.Json;

namespace Gengdu.Rules.Tests.Evaluation;

/// <summary>What rules compare with: the cycle before, the register, other schools, the central school, and the module's own cells.</summary>
public sealed class PastAndPeersTests
{
    [Fact]
    public void Previous_ComparesByGrade_AndIsSilentWhereNothingIsKnown()
    {
        const string now = """{"students":{"g1":13,"g2":50}}""";

        Assert.Equal("一年级 上期 10", Assert.Single(Run(now, previous: """{"students":{"g1":10,"g7":1}}""").Only("W22")).Message.Zh);
        Assert.Empty(Run(now, previous: """{"students":{"g1":11}}""").Only("W22"));
        Assert.Empty(Run(now, previous: """{"students":"many"}""").Only("W22"));
        Assert.Empty(Run(now, previous: null).Only("W22"));
    }

    [Fact]
    public void Previous_MissingRun_SeesNullAndEmptyAndNeverFails()
    {
        Assert.Empty(Run("{}", previous: null).Only("I02"));
        Assert.Equal("info", Assert.Single(Run("{}", previous: """{"week_held":true}""").Only("I02")).Severity);
        Assert.Empty(Run("{}", previous: """{"week_held":true,"kinds":["field"]}""").Only("I02"));
    }

    [Fact]
    public void Master_Missing_IsSilent()
    {
        Assert.Equal("学籍 100", Assert.Single(Run("""{"students":{"g1":94}}""", master: 100).Only("W23")).Message.Zh);
        Assert.Empty(Run("""{"students":{"g1":95}}""", master: 100).Only("W23"));
        Assert.Empty(Run("""{"students":{"g1":94}}""", master: null).Only("W23"));
    }

    [Fact]
    public void Peers_TooFew_IsSilent()
    {
        var peers = new PeerStatistics(12, 6, 4, 9, 6.5, 1.5);

        Assert.Equal("12 所学校 4–9（6）", Assert.Single(Run("""{"boarders":31}""", peers: peers).Only("W24")).Message.Zh);
        Assert.Empty(Run("""{"boarders":11}""", peers: peers).Only("W24"));
        Assert.Empty(Run("""{"boarders":31}""", peers: null).Only("W24"));
    }

    [Fact]
    public void Parent_IsReadLikeTheFormItself()
    {
        static IEnumerable<RuleResult> Of(string parent) => RuleEvaluator.Evaluate(SmallProgramme.Programme, "staff", SmallProgramme.Values(), SmallProgramme.Context with
        {
            Parent = JsonElement.Parse(parent),
        }).Only("W26");

        Assert.Single(Of("""{"grade_free_total":20,"teachers":[{"_id":"a"},{"_id":"b"}]}"""));
        Assert.Empty(Of("""{"grade_free_total":19,"teachers":[{"_id":"a"},{"_id":"b"}]}"""));
        Assert.Empty(Of("""{"teachers":[{"_id":"a"},{"_id":"b"}]}"""));
    }

    [Fact]
    public void Numbers_AreTheModulesCellsInOrder_WithWhatTheyWere()
    {
        const string before = """{"boarders":5,"students":{"g1":1,"g2":2}}""";

        Assert.Equal("3 个数与上期相同", Assert.Single(Run(before, previous: before).Only("W20")).Message.Zh);
        Assert.Empty(Run("""{"boarders":6,"students":{"g1":1,"g2":2}}""", previous: before).Only("W20"));

        var result = Assert.Single(Run("""{"students":{"g2":21,"g1":10},"boarders":50}""", previous: before).Only("W21"));
        Assert.Equal(["students/g2", "students"], result.At);
        Assert.Equal("students/g2 上期 2", result.Message.Zh);
    }

    [Fact]
    public void Texts_PointAtTheCell_RowsAreFoundAgainByTheirId()
    {
        Assert.Equal(["note"], Assert.Single(Run("""{"note":"13812345678"}""").Only("E04")).At);
        Assert.Empty(Run("""{"note":"1381234567"}""").Only("E04"));

        var context = SmallProgramme.Context with { Previous = JsonElement.Parse("""{"teachers":[{"_id":"b","name":"乙"},{"_id":"a","name":"甲"}]}""") };
        var results = RuleEvaluator.Evaluate(SmallProgramme.Programme, "staff", SmallProgramme.Values(staff: """{"teachers":[{"_id":"a","name":"丙"},{"_id":"b","name":"乙"},{"name":"丁"}]}"""), context);
        Assert.Equal(["teachers/a/name"], Assert.Single(results.Only("E12")).At);
    }

    private static IEnumerable<RuleResult> Run(string pupils, string? previous = null, double? master = null, PeerStatistics? peers = null) =>
        RuleEvaluator.Evaluate(SmallProgramme.Programme, "pupils", SmallProgramme.Values(pupils), SmallProgramme.Context with
        {
            Previous = previous is null ? null : JsonElement.Parse(previous),
            Master = master is { } figure ? new Dictionary<string, double> { ["pupils"] = figure } : null,
            Peers = peers is null ? null : new Dictionary<string, PeerStatistics> { ["K01"] = peers },
        });
}
