using Gengdu.Organisations;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.ModuleReports;

public sealed class ReopenModuleReportTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Delete_CompleteModule_IsADraftAgain()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        using var response = await desk.ReopenAsync(desk.Approver, 3);
        Assert.Equal("draft", (await BodyAsync(response)).GetProperty("state").GetString());
        await desk.SavedAsync(("boarders", "12"));
    }

    [Fact]
    public async Task Delete_NotComplete_IsRefused()
    {
        var desk = await fixture.DeskAsync();
        using var response = await desk.ReopenAsync(desk.Reporter, 1);
        await RefusedAsync(response, 409, "RPT-0318");
    }

    [Fact]
    public async Task Delete_Submitted_IsRefused()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        await desk.SubmittedAsync();
        using var response = await desk.ReopenAsync(desk.Reporter, 4);
        await RefusedAsync(response, 409, "RPT-0304");
    }

    [Fact]
    public async Task Delete_StaleMissingVersionOrStranger_IsRefused()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        using var stale = await desk.ReopenAsync(desk.Reporter, 2);
        await RefusedAsync(stale, 412, "GEN-0007");
        using var missing = await desk.ReopenAsync(desk.Reporter, null);
        await RefusedAsync(missing, 428, "GEN-0008");
        using var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var forbidden = await desk.ReopenAsync(reviewer, 3);
        await RefusedAsync(forbidden, 403, "RPT-0309");
        using var outside = await fixture.ClientAsync(Roles.Reporter, fixture.Province.ZhengdingJunior);
        using var unknown = await desk.ReopenAsync(outside, 3);
        await RefusedAsync(unknown, 404, "GEN-0006");
    }
}
