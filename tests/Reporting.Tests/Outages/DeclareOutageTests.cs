using System.Net.Http.Json;
using Gengdu.Organisations;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Outages;

/// <summary>Outages of last winter: no window of the other tests lies there.</summary>
public sealed class DeclareOutageTests(ReportingFixture fixture)
{
    private static readonly DateTimeOffset Winter = new(2026, 1, 10, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Post_ByTheProvinceOwner_IsKeptWithItsReason_AndAudited()
    {
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var response = await owner.PostAsJsonAsync("/api/reporting/outages", new { startedAt = Winter, endedAt = Winter.AddHours(1), reason = " 教育专网中断 " });
        var outage = await BodyAsync(response, 201);
        Assert.Equal(("教育专网中断", false, 120), (outage.GetProperty("reason").GetString(), outage.GetProperty("noticed").GetBoolean(), outage.GetProperty("graceMinutes").GetInt32()));
    }

    [Fact]
    public async Task Post_NotOverOrTooLongOrWithoutReason_IsRefused()
    {
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        foreach (var (from, until) in new[] { (fixture.Now.AddHours(-1), fixture.Now.AddHours(1)), (Winter, Winter), (Winter, Winter.AddDays(8)) })
        {
            using var response = await owner.PostAsJsonAsync("/api/reporting/outages", new { startedAt = from, endedAt = until, reason = "停电" });
            await RefusedAsync(response, 422, "RPT-0248");
        }

        using var wordless = await owner.PostAsJsonAsync("/api/reporting/outages", new { startedAt = Winter, endedAt = Winter.AddHours(1), reason = " " });
        await RefusedAsync(wordless, 422, "GEN-0011");
    }

    [Fact]
    public async Task Post_ByAnybodyElse_IsForbidden()
    {
        using var reviewer = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang);
        using var response = await reviewer.PostAsJsonAsync("/api/reporting/outages", new { startedAt = Winter, endedAt = Winter.AddHours(1), reason = "停电" });
        await RefusedAsync(response, 403, "GEN-0005");
    }
}
