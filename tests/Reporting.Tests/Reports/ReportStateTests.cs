using Gengdu.Reporting.ModuleReports;
using Gengdu.Reporting.Reports;

namespace Gengdu.Reporting.Tests.Reports;

public sealed class ReportStateTests
{
    [Theory]
    [InlineData("not-started", "not-started,not-started")]
    [InlineData("in-progress", "not-started,draft")]
    [InlineData("in-progress", "submitted,complete")]
    [InlineData("in-progress", "accepted,not-started")]
    [InlineData("returned", "accepted,returned,draft")]
    [InlineData("submitted", "submitted,approved,accepted")]
    [InlineData("approved", "approved,accepted")]
    [InlineData("accepted", "accepted,accepted")]
    public void Of_IsAsFarAsTheLeastAdvancedModule(string expected, string modules) => Assert.Equal(
        expected.Replace("-", "", StringComparison.Ordinal),
        ReportStates.Of([.. modules.Split(',').Select(ModuleReportStateText.Parse)]).ToString(), ignoreCase: true);
}
