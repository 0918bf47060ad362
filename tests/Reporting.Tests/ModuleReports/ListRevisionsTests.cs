using Gengdu.Organisations;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.ModuleReports;

public sealed class ListRevisionsTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Get_AfterAReturnAndASecondSubmission_ListsBothNewestFirst()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        await desk.SubmittedAsync();
        await fixture.Host.Events.DeliverAsync(ModuleReportReturnedConsumerTests.Returned(await desk.RowAsync(), reviewVersion: 2, fixture.Now));
        await desk.SavedAsync(("boarders", "12"));
        using var complete = await desk.CompleteAsync(desk.Reporter, (await desk.RowAsync()).Version);
        await BodyAsync(complete);
        var second = await desk.SubmittedAsync();

        using var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var response = await reviewer.GetAsync($"{desk.Address}/revisions");
        var list = await BodyAsync(response);
        Assert.Equal(2, list.GetProperty("total").GetInt32());
        Assert.Equal([2, 1], list.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("revision").GetInt32()));
        Assert.Equal(second.GetProperty("receiptNumber").GetString(), list.GetProperty("items")[0].GetProperty("receiptNumber").GetString());
        Assert.EndsWith("-R2", second.GetProperty("receiptNumber").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_OutsideTheSubtree_IsNotFound()
    {
        var desk = await fixture.DeskAsync();
        using var outside = await fixture.ClientAsync(Roles.Reporter, fixture.Province.ZhengdingJunior);
        using var response = await outside.GetAsync($"{desk.Address}/revisions");
        await RefusedAsync(response, 404, "GEN-0006");
    }
}
