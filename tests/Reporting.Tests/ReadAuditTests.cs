using System.Text.Json;
using Gengdu.Organisations;
using Gengdu.TestKit;

namespace Gengdu.Reporting.Tests;

/// <summary>The auditor's page of this service.</summary>
public sealed class ReadAuditTests(ReportingFixture fixture)
{
    /// <summary>The page of an auditor who reads much still shows what was looked for, page after page; an export is no mere look.</summary>
    [Fact]
    public async Task Read_WithoutOwnLooks_LeavesOutTheReadersOwn_AcrossPages()
    {
        // A school of its own: what other tests do stands on no page of it.
        var place = await fixture.Province.SchoolAsync(fixture.Province.Changan);
        var desk = await fixture.DeskAsync(place);
        await desk.CompletedAsync();
        using var auditor = await fixture.ClientAsync(Roles.Auditor, fixture.Province.Changan);
        using var export = new HttpRequestMessage(HttpMethod.Get, Address(place.Id, "&act=cycle.opened"));
        export.Headers.Accept.ParseAdd("text/csv");
        using (await auditor.SendAsync(export))
        {
            for (var i = 0; i < 3; i++)
            {
                await PageAsync(auditor, place.Id, "");
                await fixture.Host.AuditAsync();
            }
        }

        var everything = (await PageAsync(auditor, place.Id, "&pageSize=500")).GetProperty("items").EnumerateArray().ToList();
        var me = everything.First(item => item.GetProperty("act").GetString() == "audit.seen").GetProperty("actorId").GetGuid();
        var mine = everything.Where(item => item.GetProperty("actorId").ValueKind != JsonValueKind.Null && item.GetProperty("actorId").GetGuid() == me).ToList();
        Assert.True(mine.Count(item => item.GetProperty("act").GetString() == "audit.seen") >= 3);

        var (without, before) = (new List<string>(), "");
        do
        {
            var page = await PageAsync(auditor, place.Id, $"&withoutOwnLooks=true&pageSize=2{before}&from={Uri.EscapeDataString(fixture.Now.AddMinutes(-1).ToString("O"))}");
            var items = page.GetProperty("items").EnumerateArray().ToList();
            Assert.True(items.Count == 2 || page.GetProperty("next").ValueKind == JsonValueKind.Null, "a page that is not the last is full");
            without.AddRange(items.Select(item => $"{item.GetProperty("actorId")} {item.GetProperty("act").GetString()}"));
            before = page.GetProperty("next").ValueKind == JsonValueKind.Null ? "" : $"&before={page.GetProperty("next").GetInt64()}";
        }
        while (before.Length > 0);

        Assert.DoesNotContain($"{me} audit.seen", without);
        Assert.Contains($"{me} audit.exported", without);
        Assert.Contains(without, act => act.EndsWith("module-report.completed", StringComparison.Ordinal));
    }

    private static Uri Address(Guid place, string more) => new($"/api/reporting/audit?organisationId={place}{more}", UriKind.Relative);

    private static async Task<JsonElement> PageAsync(HttpClient auditor, Guid place, string more) => await ReportingFixture.BodyAsync(await auditor.GetAsync(Address(place, more)));
}
