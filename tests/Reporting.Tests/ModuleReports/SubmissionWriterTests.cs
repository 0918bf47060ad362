using System.Text.Json;
using Gengdu.Messaging;
using Gengdu.Reporting.ModuleReports;
using Gengdu.Reporting.Programmes;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Gengdu.Reporting.Tests.ModuleReports;

public sealed class SubmissionWriterTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Write_OneOfAGroupFails_TheOthersAreTaken()
    {
        var submissions = new List<Submission>();
        for (var i = 0; i < 6; i++)
        {
            var desk = await fixture.DeskAsync();
            await desk.CompletedAsync();
            submissions.Add(await DecidedAsync(desk.Id, $"group-{desk.Id}"));
        }

        // A receipt number given twice breaks a unique constraint, and with it the whole group.
        submissions[3] = submissions[3] with { Revision = WithReceipt(submissions[3].Revision, submissions[0].Revision.ReceiptNumber) };
        var writer = fixture.Host.Services.GetRequiredService<SubmissionWriter>();
        var writing = submissions.Select(s => writer.WriteAsync(s, default)).ToList();
        await Task.WhenAll(writing.Select(w => w.ContinueWith(_ => { }, TaskScheduler.Default)));

        Assert.Equal(5, writing.Count(w => w.IsCompletedSuccessfully && w.GetAwaiter().GetResult()));
        Assert.IsType<PostgresException>(Assert.Single(writing, w => w.IsFaulted).Exception!.InnerException);
        var ids = submissions.Select(s => s.ModuleReport.Id).ToArray();
        Assert.Equal(5, await fixture.Host.InDatabaseAsync(db => db.Revisions.CountAsync(r => ids.Contains(r.ModuleReportId))));
        Assert.Equal(5, await fixture.Host.InDatabaseAsync(db => db.ModuleReports.CountAsync(m => ids.Contains(m.Id) && m.State == ModuleReportState.Submitted)));
        Assert.Equal(5, await fixture.Host.InDatabaseAsync(db => db.SubmissionKeys.CountAsync(k => ids.Contains(k.ModuleReportId))));
    }

    [Fact]
    public async Task Write_VersionMovedOn_WritesNothing()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        var submission = await DecidedAsync(desk.Id, $"stale-{desk.Id}");
        using var reopened = await desk.ReopenAsync(desk.Reporter, (await desk.RowAsync()).Version);
        Assert.True(reopened.IsSuccessStatusCode);
        Assert.False(await fixture.Host.Services.GetRequiredService<SubmissionWriter>().WriteAsync(submission, default));
        Assert.False(await fixture.Host.InDatabaseAsync(db => db.Revisions.AnyAsync(r => r.ModuleReportId == desk.Id)));
        Assert.False(await fixture.Host.InDatabaseAsync(db => db.Set<OutboxMessage>().AnyAsync(m => m.Id == submission.Message.Id)));
    }

    private async Task<Submission> DecidedAsync(Guid id, string key)
    {
        var services = fixture.Host.Services;
        var dossier = await ModuleReportDossier.FindAsync(services.GetRequiredService<Database>(), services.GetRequiredService<ProgrammeCatalogue>(), id, null, default);
        var values = JsonElement.Parse(dossier!.Values);
        var findings = Findings.Of(dossier, [], values, fixture.Now);
        var by = Guid.CreateVersion7(fixture.Now);
        Assert.Null(dossier.ModuleReport.Submit(findings, by, dossier.Window, fixture.Now));
        return Submission.Of(dossier, values, findings, by, key, SubmissionKey.FingerprintOf(id, true), fixture.Now);
    }

    private static Revision WithReceipt(Revision revision, string receiptNumber) => new()
    {
        ModuleReportId = revision.ModuleReportId,
        Number = revision.Number,
        Values = revision.Values,
        Explanations = revision.Explanations,
        Results = revision.Results,
        ContentHash = revision.ContentHash,
        ReceiptNumber = receiptNumber,
        SubmittedAt = revision.SubmittedAt,
        SubmittedBy = revision.SubmittedBy,
        OnTime = revision.OnTime,
        Salt = revision.Salt,
    };
}
