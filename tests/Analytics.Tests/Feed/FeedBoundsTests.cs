using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Tests.Feed;

/// <summary>Apart, because of what is in its database: more than a page, and a cycle whose definitions are on their way.</summary>
public sealed class FeedBoundsTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Page_HasFiveThousandRows_WhateverTheClientPrefers()
    {
        var county = await fixture.Province.DivisionAsync(fixture.Province.Baoding, "county");
        await fixture.Host.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"""
            insert into organisations select (jsonb_populate_record(o, jsonb_build_object('id', md5(n::text), 'path', o.path || n || '/', 'code', 'many-' || n))).*
            from organisations o, generate_series(1, 5000) n where o.id = {county.Id}
            """));
        using var sheet = await fixture.SheetAsync(Roles.CountyReviewer, county);
        foreach (var preferred in new int?[] { null, 10_000 })
        {
            var page = await sheet.JsonAsync("/Organisations?$select=Code", preferred);
            Assert.Equal(5000, page.GetProperty("value").GetArrayLength());
            Assert.Single(await sheet.RowsAsync(page.GetProperty("@odata.nextLink").GetString()!));
        }
    }

    [Fact]
    public async Task Figures_WhileTheDefinitionsAreOnTheirWay_AreRefusedForAMoment_TheTreeIsNot()
    {
        var cycle = new TestCycle(fixture, fixture.Province.ChanganPrimary);
        await cycle.DeliverAsync(cycle.Opened());
        using var sheet = await fixture.SheetAsync(Roles.CountyReviewer, fixture.Province.Changan);
        foreach (var address in new[] { "/Figures", "/SchoolFigures/$count", "/Indicators" })
        {
            await sheet.RefusedAsync(address, 503, "ANA-0004");
        }

        await sheet.RowsAsync("/Organisations");
        await cycle.DeliverAsync(cycle.Programme());
        await sheet.RowsAsync("/Figures");
    }
}
