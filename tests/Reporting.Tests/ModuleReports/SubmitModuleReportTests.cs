using System.Text.Json;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Gengdu.Reporting.ModuleReports;
using Gengdu.Reporting.ModuleReports.Values;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.ModuleReports;

public sealed class SubmitModuleReportTests(ReportingFixture fixture) : IClassFixture<ReportingFixture>
{
    [Fact]
    public async Task Post_CompleteModule_GivesReceiptRevisionAndEvent()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();

        var receipt = await desk.SubmittedAsync();

        var row = await desk.RowAsync();
        var revision = await fixture.Host.InDatabaseAsync(db => db.Revisions.SingleAsync(r => r.ModuleReportId == desk.Id));
        Assert.Equal((ModuleReportState.Submitted, 1), (row.State, row.Revision));
        Assert.Equal(receipt.GetProperty("receiptNumber").GetString(), revision.ReceiptNumber);
        Assert.Equal(receipt.GetProperty("contentHash").GetString(), revision.ContentHash);
        Assert.Matches("^13-2026-AUTUMN-M01-[0-9]{7}-R1$", revision.ReceiptNumber);
        Assert.True(receipt.GetProperty("onTime").GetBoolean());
        var told = await fixture.Host.Events.WaitForAsync<ModuleReportSubmitted>(e => e.ModuleReportId == desk.Id);
        Assert.Equal((1, revision.ContentHash, revision.ReceiptNumber, "school", "basic-information"), (told.Revision, told.ContentHash, told.ReceiptNumber, told.Level, told.ModuleKey));
        Assert.Equal(81, told.Values.GetProperty("students").GetProperty("g1").GetInt32());
    }
}
