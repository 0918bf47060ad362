using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Reports;

public sealed class TimelinessTests(ReportingFixture fixture)
{
    [Fact]
    public async Task List_ThreeStates_WithExtensionAndGraceCountedAsLate()
    {
        var desk = await fixture.DeskAsync(cycle: c =>
        {
            (c["opensAt"], c["deadlines"]!["school"]) = (fixture.Now.AddDays(-30), fixture.Now.AddMinutes(-5));
            c["moduleKeys"] = new global::System.Text.Json.Nodes.JsonArray("basic-information");
        });
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        Assert.Equal("none", await TimelinessAsync());
        await desk.CompletedAsync();
        // Within the ten minutes of grace: taken, and late.
        Assert.False((await desk.SubmittedAsync()).GetProperty("onTime").GetBoolean());
        Assert.Equal("late", await TimelinessAsync());
        await fixture.Host.InDatabaseAsync(db => db.ModuleReports.Where(m => m.Id == desk.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.OnTime, true)));
        Assert.Equal("on-time", await TimelinessAsync());
        using var wrong = await county.GetAsync("/api/reporting/reports?timeliness=soon");
        await RefusedAsync(wrong, 400, "GEN-0010");

        // The filter and the word on the report say the same.
        async Task<string> TimelinessAsync()
        {
            var found = new List<string>();
            foreach (var word in (string[])["none", "late", "on-time"])
            {
                using var response = await county.GetAsync($"/api/reporting/reports?cycleId={desk.CycleId}&organisationId={desk.School.Id}&timeliness={word}");
                found.AddRange((await BodyAsync(response)).GetProperty("items").EnumerateArray().Select(report =>
                {
                    Assert.Equal(word, report.GetProperty("timeliness").GetString());
                    return word;
                }));
            }

            return Assert.Single(found);
        }
    }
}
