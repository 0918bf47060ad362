using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.DeadlineRoom;

public sealed class ListStuckTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Get_EachKind_NamesItsSchools_AndTheFiguresSayTheSame()
    {
        // Checked and unsigned, with its second module untouched; saved an hour ago.
        var desk = await fixture.DeskAsync(cycle: c => c["moduleKeys"] = new global::System.Text.Json.Nodes.JsonArray("basic-information", "curriculum"));
        await desk.CompletedAsync();
        // Begun, with many errors, silent for two days.
        var other = fixture.Province.ChanganNineYear;
        await fixture.Host.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"""
            update module_reports set state = 'draft', errors = 7, saved_at = {fixture.Now.AddDays(-2)} where cycle_id = {desk.CycleId} and organisation_id = {other.Id} and module_key = 'basic-information'
            """));
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        var own = await fixture.Host.InDatabaseAsync(db => db.Reports.Where(r => r.CycleId == desk.CycleId && r.Level == "school" && r.OrganisationPath.StartsWith(fixture.Province.Changan.Path)).Select(r => r.OrganisationId).ToListAsync());
        Assert.Equal([desk.School.Id], await StuckAsync("unsigned"));
        Assert.Equal(new[] { desk.School.Id, other.Id }.Order(), (await StuckAsync("empty")).Order());
        Assert.Equal([other.Id], await StuckAsync("errors"));
        Assert.Equal([other.Id], await StuckAsync("silent"));
        Assert.Equal([other.Id], await StuckAsync("silent&hours=47"));
        Assert.Empty(await StuckAsync("silent&hours=49"));
        Assert.Equal(own.Except([desk.School.Id, other.Id]).Order(), (await StuckAsync("not-begun")).Order());
        Assert.Equal(own.Order(), (await StuckAsync("missing")).Order());
        using var room = await county.GetAsync($"/api/reporting/cycles/{desk.CycleId}/deadline-room");
        var figures = (await BodyAsync(room)).GetProperty("figures");
        Assert.Equal((1, 2, 1, 1, own.Count - 2), (Figure("unsigned"), Figure("empty"), Figure("errors"), Figure("silent"), Figure("notBegun")));

        int Figure(string name) => figures.GetProperty(name).GetInt32();

        async Task<Guid[]> StuckAsync(string kind)
        {
            using var response = await county.GetAsync($"/api/reporting/cycles/{desk.CycleId}/deadline-room/stuck?kind={kind}&pageSize=100");
            return [.. (await BodyAsync(response)).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("organisation").GetProperty("id").GetGuid())];
        }
    }

    [Fact]
    public async Task Get_UnknownKindOrForeignPlace_IsRefused()
    {
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        foreach (var query in (string[])["kind=lazy", "kind=silent&hours=0"])
        {
            using var wrong = await county.GetAsync($"/api/reporting/cycles/{fixture.CycleId}/deadline-room/stuck?{query}");
            await RefusedAsync(wrong, 400, "GEN-0010");
        }

        using var outside = await county.GetAsync($"/api/reporting/cycles/{fixture.CycleId}/deadline-room/stuck?kind=missing&organisationId={fixture.Province.Lianchi.Id}");
        await RefusedAsync(outside, 404, "GEN-0006");
        using var school = await fixture.ClientAsync(Roles.Reporter, fixture.Province.ChanganPrimary);
        using var forbidden = await school.GetAsync($"/api/reporting/cycles/{fixture.CycleId}/deadline-room/stuck?kind=missing");
        await RefusedAsync(forbidden, 403, "GEN-0005");
    }
}
