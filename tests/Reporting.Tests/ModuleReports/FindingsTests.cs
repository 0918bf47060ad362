using Gengdu.Reporting.ModuleReports;
using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.Tests.ModuleReports;

/// <summary>Block, explain, inform: what each severity does to a completion and a submission.</summary>
public sealed class FindingsTests
{
    [Theory]
    [InlineData("error", false, true)]
    [InlineData("warning", false, true)]
    [InlineData("warning", true, false)]
    [InlineData("info", false, false)]
    public void Blocking_IsByErrorsAndUnexplainedWarnings(string severity, bool explained, bool blocks)
    {
        var finding = new Finding("X01", severity, ["boarders"], new Text("请核对", "Check"), explained);
        var findings = new Findings([finding], severity == "error" ? 1 : 0, severity == "warning" ? 1 : 0, severity == "warning" && !explained ? 1 : 0, 1);

        Assert.Equal(blocks, findings.Blocking() is not null);
    }
}
