using System.Net;
using System.Text.Json;
using Gengdu.Organisations;
using Gengdu.Reporting.Documents;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Documents;

public sealed class PrintRevisionTests(ReportingFixture fixture)
{
    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public async Task Get_ByTheOwnPeople_IsAPdfFileNamedByItsReceipt(string language)
    {
        var (desk, receipt) = await SignedAsync();
        using var response = await desk.Reporter.GetAsync($"{desk.Address}/revisions/1/document?language={language}");
        Assert.Equal((HttpStatusCode.OK, "application/pdf"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Equal($"{receipt.GetProperty("receiptNumber").GetString()}.pdf", response.Content.Headers.ContentDisposition?.FileName);
        var pdf = await response.Content.ReadAsByteArrayAsync();
        Assert.True(pdf.AsSpan().StartsWith("%PDF-"u8) && pdf.Length > 5_000, $"{pdf.Length} bytes");
        Assert.Contains("pdf", (await fixture.Host.AuditOfAsync(desk.Id)).Single(one => one.Act == "revision.seen").Filter, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("GENGDU_KEEP_PDF") is { Length: > 0 } folder)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, $"receipt-{language}.pdf"), pdf);
        }
    }

    [Fact]
    public async Task Get_BySomebodyOutside_IsNotFound_ByAnAdministratorForbidden_AndUnknownOnesAreRefused()
    {
        var (desk, _) = await SignedAsync();
        using var outside = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Zhengding);
        using var administrator = await fixture.ClientAsync(Roles.Administrator, fixture.Province.Root);
        foreach (var (client, path, status, code) in new[]
        {
            (outside, "1/document", 404, "GEN-0006"), (administrator, "1/document", 403, "GEN-0005"), (desk.Reporter, "9/document", 404, "RPT-0317"), (desk.Reporter, "1/document?language=fr", 400, "RPT-0267"),
        })
        {
            using var refused = await client.GetAsync($"{desk.Address}/revisions/{path}");
            await RefusedAsync(refused, status, code);
        }
    }

    /// <summary>The receipt's facts and the values stand in the page; who may not read a personal value finds none of it.</summary>
    [Fact]
    public async Task Page_HoldsReceiptAndValues_AndMasksPersonalOnesAboveTheCounty()
    {
        var (desk, receipt) = await SignedAsync();
        var own = await PageAsync(desk, desk.Approver, DocumentWords.Chinese);
        foreach (var part in new[] { receipt.GetProperty("receiptNumber").GetString()!, receipt.GetProperty("contentHash").GetString()!, desk.School.NameZh, "13800001111", "张立", "12,345", "<svg class=\"qr\"" })
        {
            Assert.Contains(part, own, StringComparison.Ordinal);
        }

        Assert.Contains($"责任声明 {TestPack.Programme.Statement.Version}", own, StringComparison.Ordinal);
        Assert.DoesNotContain("{organisation}", own, StringComparison.Ordinal);
        using var province = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var masked = await PageAsync(desk, province, DocumentWords.English);
        Assert.DoesNotContain("13800001111", masked, StringComparison.Ordinal);
        Assert.DoesNotContain("张立", masked, StringComparison.Ordinal);
        Assert.Contains("(not shown)", masked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_WithMarkupInAValue_HoldsItAsText()
    {
        const string Hostile = "<script>alert(1)</script><img>";
        var (desk, _) = await SignedAsync(("principal_name", JsonSerializer.Serialize(Hostile)));
        var page = await PageAsync(desk, desk.Approver, DocumentWords.Chinese);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
    }

    private async Task<(Desk Desk, JsonElement Receipt)> SignedAsync(params (string At, string Value)[] changes)
    {
        var desk = await fixture.DeskAsync();
        await desk.FilledAsync();
        if (changes.Length > 0)
        {
            await desk.SavedAsync(changes);
        }

        using var complete = await desk.CompleteAsync(desk.Reporter, (await desk.RowAsync()).Version);
        await BodyAsync(complete);
        return (desk, await desk.SubmittedAsync());
    }

    // From the API's own answer to this person, so that what is masked is the service's to say.
    private async Task<string> PageAsync(Desk desk, HttpClient reader, DocumentWords words)
    {
        using var response = await reader.GetAsync($"{desk.Address}/revisions/1");
        var seen = await BodyAsync(response);
        var (revision, cycle) = await fixture.Host.InDatabaseAsync(async db =>
            (await db.Revisions.SingleAsync(r => r.ModuleReportId == desk.Id), await db.Cycles.SingleAsync(c => c.Id == desk.CycleId)));
        return ReportDocument.Write([new(desk.Id, revision, seen.GetProperty("values"), seen.GetProperty("masked").GetBoolean(), TestPack.Programme, TestPack.Basic,
            new(desk.School.NameZh, desk.School.NameEn), desk.School.Code, new(cycle.NameZh, cycle.NameEn), desk.School.Path)], words, "https://gengdu.example");
    }
}
