using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Gengdu.Analytics.Feed;
using Gengdu.Analytics.Feed.Keys;
using Gengdu.Organisations;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Feed;

public sealed class FeedRefusalsTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Theory]
    [InlineData("?$skip=5", "$skip")]
    [InlineData("?$expand=Organisation", "$expand")]
    [InlineData("?$search=x", "$search")]
    [InlineData("?$apply=aggregate(Due with sum as S)", "$apply")]
    [InlineData("?$compute=Due add 1 as D", "$compute")]
    [InlineData("?$format=atom", "$format")]
    [InlineData("?$orderby=Value desc", "$orderby")]
    [InlineData("?$orderby=CycleId desc", "$orderby")]
    [InlineData("?$orderby=Path", "$orderby")]
    [InlineData("?$orderby=CycleId,Path,IndicatorId,Due", "$orderby")]
    [InlineData("?$filter=Value ge 3", "$filter")]
    [InlineData("?$filter=Light in ('red')", "$filter")]
    [InlineData("?$filter=AsOf ge null", "$filter")]
    [InlineData("?$filter=contains(Code,'13')", "$filter")]
    [InlineData("?$filter=Due eq 1 or Due eq 2", "$filter")]
    [InlineData("?$filter=not (Due eq 1)", "$filter")]
    [InlineData("?$filter=Due ne 1", "$filter")]
    [InlineData("?$filter=Due add 1 eq 2", "$filter")]
    [InlineData("?$filter=Due eq Reported", "$filter")]
    public async Task Option_ThatIsNotSupported_Is501_AndNamed(string query, string target)
    {
        using var sheet = await fixture.SheetAsync(Roles.CountyReviewer, fixture.Province.Changan);
        await sheet.RefusedAsync($"/Figures{query}", 501, "ANA-0084", target);
        await sheet.RefusedAsync($"/Figures/$count{query}", 501, "ANA-0084", target);
    }

    [Theory]
    [InlineData("?$filter=Colour eq 'red'", "$filter")]
    [InlineData("?$filter=CycleId eq 'x'", "$filter")]
    [InlineData("?$filter=(", "$filter")]
    [InlineData("?$select=Colour", "$select")]
    [InlineData("?$orderby=Colour", "$orderby")]
    [InlineData("?$top=-1", "$top")]
    [InlineData("?$top=many", "$top")]
    [InlineData("?$count=perhaps", "$count")]
    public async Task Option_ThatCannotBeRead_Is400_AndNamed(string query, string target)
    {
        using var sheet = await fixture.SheetAsync(Roles.CountyReviewer, fixture.Province.Changan);
        await sheet.RefusedAsync($"/Figures{query}", 400, "ANA-0083", target);
    }

    [Fact]
    public async Task Filter_WithNothingAmongOthers_OrOfEndlessLength_IsRefused()
    {
        using var sheet = await fixture.SheetAsync(Roles.CountyReviewer, fixture.Province.Changan);
        await sheet.RefusedAsync("/SchoolFigures?$filter=Reason in ('missing',null)", 501, "ANA-0084", "$filter");
        await sheet.RefusedAsync($"/Figures?$filter={string.Join(" and ", Enumerable.Repeat("Due eq 1", 300))}", 400, "ANA-0083", "$filter");
        await sheet.RefusedAsync($"/Figures?$filter=Due in ({string.Join(',', Enumerable.Repeat("1", 300))})", 400, "ANA-0083", "$filter");
    }

    [Theory]
    [InlineData("/Nothing")]
    [InlineData("/figures")]
    [InlineData("/Nothing/$count")]
    public async Task Set_ThatIsNotThere_Is404(string address)
    {
        using var sheet = await fixture.SheetAsync(Roles.CountyReviewer, fixture.Province.Changan);
        await sheet.RefusedAsync(address, 404, "ANA-0085");
    }

    [Fact]
    public async Task Token_OfAnotherSet_OrMadeUp_IsRefused()
    {
        await ReportedAsync(fixture);
        using var sheet = await fixture.SheetAsync(Roles.CountyReviewer, fixture.Province.Changan);
        var link = (await sheet.JsonAsync("/Organisations", 1)).GetProperty("@odata.nextLink").GetString()!;
        var token = link[link.IndexOf("$skiptoken=", StringComparison.Ordinal)..];
        await sheet.RefusedAsync($"/Figures?{token}", 400, "ANA-0086", "$skiptoken");
        string[] written = ["[]", "no JSON", "{}", "null", """["Organisations","/"]""", """["Organisations","/","x"]""", $"""["Cycles","/","{Guid.Empty}"]""", $"""["Organisations",null,"{Guid.Empty}"]""", $$"""["Organisations","\u0000","{{Guid.Empty}}"]"""];
        foreach (var made in written.Select(text => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text))).Append("x").Append(""))
        {
            await sheet.RefusedAsync($"/Organisations?$skiptoken={made}", 400, "ANA-0086", "$skiptoken");
        }
    }

    [Fact]
    public async Task Rows_BeyondTheDaysShare_Are429_UntilMidnight()
    {
        await ReportedAsync(fixture);
        using var person = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        var made = await person.MadeAsync();
        using var sheet = fixture.Sheet(made);
        var rows = (await sheet.RowsAsync("/Organisations")).Count;
        var day = FeedKey.DayOf(fixture.Host.Clock.GetUtcNow());
        await UseAsync(made.Id, day.Day, 3_000_000 - rows);
        await sheet.RowsAsync("/Organisations");
        using (var refused = await sheet.RefusedAsync("/Organisations", 429, "ANA-0087"))
        {
            Assert.Equal(Math.Ceiling(day.Left.TotalSeconds).ToString(CultureInfo.InvariantCulture), refused.Headers.GetValues("Retry-After").Single());
        }

        // What was refused has taken nothing, and yesterday's rows count no more.
        Assert.Equal(3_000_000, Assert.Single((await person.KeysAsync()).Keys).RowsToday);
        await UseAsync(made.Id, day.Day.AddDays(-1), 3_000_000);
        await sheet.RowsAsync("/Organisations");
        Assert.Equal(rows, Assert.Single((await person.KeysAsync()).Keys).RowsToday);
    }

    [Fact]
    public async Task Answers_MoreAtOnceThanAKeyMayHave_Are429_UntilOneIsDone()
    {
        using var person = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        var made = await person.MadeAsync();
        using var sheet = fixture.Sheet(made);
        using var other = await fixture.SheetAsync(Roles.CountyReviewer, fixture.Province.Changan);
        var quota = fixture.Host.Services.GetRequiredService<FeedQuota>();
        var (first, second) = ((await quota.TryEnterAsync(made.Id, default))!, (await quota.TryEnterAsync(made.Id, default))!);
        using (var refused = await sheet.RefusedAsync("/Organisations", 429, "ANA-0088"))
        {
            Assert.Equal("5", refused.Headers.GetValues("Retry-After").Single());
        }

        await other.RowsAsync("/Organisations");
        await first.DisposeAsync();
        await sheet.RowsAsync("/Organisations");
        await sheet.RowsAsync("/Organisations");
        await second.DisposeAsync();
    }

    /// <summary>Three replicas on one database: a key has two answers at once over all of them, however they race, and what a fallen one held comes back.</summary>
    [Fact]
    public async Task Answers_OfAllReplicasTogether_AreNoMoreThanAKeyMayHave()
    {
        using var person = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        var (made, another) = (await person.MadeAsync(), await person.MadeAsync());
        FeedQuota[] replicas = [.. Enumerable.Range(0, 3).Select(_ => ActivatorUtilities.CreateInstance<FeedQuota>(fixture.Host.Services))];
        for (var round = 0; round < 5; round++)
        {
            var places = (await Task.WhenAll(replicas.SelectMany(replica => new[] { replica.TryEnterAsync(made.Id, default), replica.TryEnterAsync(made.Id, default) }))).OfType<IAsyncDisposable>().ToList();
            Assert.Equal(2, places.Count);
            await using (var other = await replicas[0].TryEnterAsync(another.Id, default))
            {
                Assert.NotNull(other);
            }

            await places[0].DisposeAsync();
            var next = await replicas[2].TryEnterAsync(made.Id, default) ?? await replicas[1].TryEnterAsync(made.Id, default);
            Assert.NotNull(next);
            await next.DisposeAsync();
            await places[1].DisposeAsync();
        }

        // Two that end with their process: nobody gives these back.
        Assert.NotNull(await replicas[0].TryEnterAsync(made.Id, default));
        Assert.NotNull(await replicas[0].TryEnterAsync(made.Id, default));
        Assert.Null(await replicas[1].TryEnterAsync(made.Id, default));
        await fixture.Host.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"update feed_places set until = {fixture.Host.Clock.GetUtcNow()} where key_id = {made.Id}"));
        await using var free = await replicas[1].TryEnterAsync(made.Id, default);
        Assert.NotNull(free);
        // A key that is gone has none.
        await fixture.Host.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"delete from feed_keys where id = {another.Id}"));
        Assert.Null(await replicas[0].TryEnterAsync(another.Id, default));
    }

    [Fact]
    public async Task Answers_OfAllKeys_MoreAtOnceThanTheServiceMakes_Are429()
    {
        using var sheet = await fixture.SheetAsync(Roles.CountyReviewer, fixture.Province.Changan);
        var quota = fixture.Host.Services.GetRequiredService<FeedQuota>();
        using var person = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        var places = new List<IAsyncDisposable>();
        for (var n = 0; n < 4; n++)
        {
            var made = await person.MadeAsync();
            places.Add((await quota.TryEnterAsync(made.Id, default))!);
            places.Add((await quota.TryEnterAsync(made.Id, default))!);
        }

        await sheet.RefusedAsync("/Organisations", 429, "ANA-0088");
        foreach (var place in places)
        {
            await place.DisposeAsync();
        }

        await sheet.RowsAsync("/Organisations");
    }

    /// <summary>What broke is over: nobody has to wait for it.</summary>
    [Fact]
    public async Task Answer_ThatFails_GivesItsPlaceBack()
    {
        using var person = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        var (services, key) = (fixture.Host.Services, (await person.MadeAsync()).Id);
        var caller = await services.GetRequiredService<AccessCache>().CallerAsync(await fixture.Province.PersonAsync(Roles.CountyReviewer, fixture.Province.Changan), TestContext.Current.CancellationToken);
        var http = new DefaultHttpContext();
        http.Features.Set(new FeedKeyInUse(key));
        for (var n = 0; n < 9; n++)
        {
            await Assert.ThrowsAsync<TimeoutException>(() => FeedAnswer.WithPlaceAsync(http, caller, services.GetRequiredService<FeedQuota>(), _ => throw new TimeoutException()));
        }
    }

    private Task<int> UseAsync(Guid key, DateOnly day, long rows) =>
        fixture.Host.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"update feed_keys set used_on = {day}, rows_used = {rows} where id = {key}"));
}
