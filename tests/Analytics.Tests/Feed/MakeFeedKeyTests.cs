using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Gengdu.Analytics.Feed.Keys;
using Gengdu.Organisations;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Tests.Feed;

public sealed class MakeFeedKeyTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    private TestProvince Province => fixture.Province;

    [Fact]
    public async Task Key_IsShownOnce_KeptAsAHash_AndListedWithItsUse()
    {
        using var person = await fixture.ClientAsync(Roles.CountyReviewer, Province.Changan);
        var made = await person.MadeAsync("  办公室电脑 Excel ", 30);
        var listed = Assert.Single((await person.KeysAsync()).Keys);
        Assert.Equal((made.Id, "办公室电脑 Excel", made.Id.ToString("N"), null, 0, false), (listed.Id, listed.Name, listed.UserName, listed.LastUsedAt, listed.RowsToday, listed.Expired));
        Assert.Equal(TimeSpan.FromDays(30), made.ExpiresAt - made.CreatedAt);
        Assert.DoesNotContain(made.Secret, await person.GetStringAsync(new Uri(Feeds.Keys, UriKind.Relative)), StringComparison.Ordinal);
        Assert.Equal(43, made.Secret.Length);
        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(made.Secret)), await fixture.Host.InDatabaseAsync(db => db.FeedKeys.Where(key => key.Id == made.Id).Select(key => key.SecretHash).SingleAsync()));
        using var sheet = fixture.Sheet(made);
        var rows = (await sheet.RowsAsync("/Organisations")).Count;
        listed = Assert.Single((await person.KeysAsync()).Keys);
        Assert.Equal((fixture.Host.Clock.GetUtcNow(), (long)rows), (listed.LastUsedAt, listed.RowsToday));
        Assert.Contains(await fixture.Host.AuditAsync(), entry => entry.Act == "feed-key.made" && entry.ObjectId == made.Id.ToString());
    }

    [Fact]
    public async Task Make_WithoutAName_ForTooLong_OrWithoutRights_IsRefused()
    {
        using var person = await fixture.ClientAsync(Roles.CountyReviewer, Province.Changan);
        foreach (var (name, days) in new[] { (" ", 30), (new string('长', 61), 30), ("a\u0007b", 30), ("Excel", 0), ("Excel", 367) })
        {
            using var answer = await person.PostAsJsonAsync(Feeds.Keys, new MakeFeedKeyRequest(name, days));
            await AnalyticsFixture.RefusedAsync(answer, 422, "GEN-0011");
        }

        using var nobody = fixture.Host.CreateClient(AnalyticsFixture.NewId());
        using var refused = await nobody.PostAsJsonAsync(Feeds.Keys, new MakeFeedKeyRequest("Excel", 30));
        await AnalyticsFixture.RefusedAsync(refused, 403, "GEN-0005");
        using var system = fixture.Host.CreateSystemClient();
        using var ofSystem = await system.PostAsJsonAsync(Feeds.Keys, new MakeFeedKeyRequest("Excel", 30));
        await AnalyticsFixture.RefusedAsync(ofSystem, 403, "GEN-0005");
        using var anonymous = fixture.Host.CreateClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.GetAsync(new Uri(Feeds.Keys, UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Make_BeyondTheNumberOfOnePerson_IsRefused_AlsoAtOneMoment()
    {
        using var person = await fixture.ClientAsync(Roles.CountyReviewer, Province.Changan);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => person.PostAsJsonAsync(Feeds.Keys, new MakeFeedKeyRequest($"Excel {n}", 30))));
        Assert.Equal(5, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        await AnalyticsFixture.RefusedAsync(answers.First(answer => answer.StatusCode != HttpStatusCode.Created), 409, "ANA-0081");
        Assert.Equal(5, (await person.KeysAsync()).Keys.Count);
    }

    [Theory]
    [InlineData("2026-09-15T15:59:59Z", 15, 1)]
    [InlineData("2026-09-15T16:00:00Z", 16, 86400)]
    public void Day_OfAKey_EndsAtMidnightInChina(string now, int day, int left) =>
        Assert.Equal((new DateOnly(2026, 9, day), TimeSpan.FromSeconds(left)), FeedKey.DayOf(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)));
}
