using Gengdu.Reporting.ModuleReports;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Text = Gengdu.ServiceDefaults.Text;

namespace Gengdu.Reporting.Tests.ModuleReports;

public sealed class OutliersTests
{
    [Fact]
    public void In_CountsWarningsOfRulesThatCompareWithThePastOrWithPeers_AndNoOthers()
    {
        Rule[] rules = [Rule("W1", "spend <= 2.0 * previous.spend"), Rule("W2", "spend <= peers.K27.mean"), Rule("W3", "spend >= 0.0"), Rule("W4", "speersonal > 1.0"), Rule("I1", "spend <= previous.spend", "info")];
        var module = new Module { Key = "money", Number = 1, Levels = ["school"], Name = new("经费", "Money"), Sections = [], Fields = [], Rules = rules };
        Finding[] results = [.. rules.Select(rule => new Finding(rule.Id, rule.Severity, ["spend"], new Text("请核对", "Check"), true)), new("field:range", "warning", ["spend"], new Text("请核对", "Check"), true)];
        Assert.Equal((2, 0), (Outliers.In(module, results), Outliers.In(module, [])));
    }

    private static Rule Rule(string id, string expr, string severity = "warning") => new() { Id = id, Severity = severity, Expr = expr, Missing = "skip", At = ["spend"], Message = new("请核对", "Check") };
}
