using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Gengdu.Contracts.Identity.V1;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Tests.Organisations;

public sealed class ImportSchoolsTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private const string Heading = "code,parent_code,name_zh,name_en,school_type,urban_rural,run_by,grades\n";
    private const string Facts = "primary,town,education-department";
    private static int _last = 800_000;
    private readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task Post_PreviewThenApply_DoesExactlyWhatWasShown()
    {
        var (kept, renamed, moved, fresh) = (await _host.NewSchoolAsync("130102"), await _host.NewSchoolAsync("130102"), await _host.NewSchoolAsync("130102"), Code());
        var file = Heading + Row(kept.Code, "130102", kept.NameZh) + Row(renamed.Code, "130102", "改名小学") + Row(moved.Code, "130104", moved.NameZh) + Row(fresh, "130105", "新办小学");
        file = file.Replace($"{kept.NameZh},New School", $"{kept.NameZh},{kept.NameEn}", StringComparison.Ordinal).Replace($"{moved.NameZh},New School", $"{moved.NameZh},{moved.NameEn}", StringComparison.Ordinal);
        using var client = _host.Administrator;
        var shown = await SendAsync(client, file, "preview=true").OkAsync();
        Assert.Equal((1, 1, 1, 0, 1), Counts(shown));
        var fields = shown.GetProperty("differences").EnumerateArray().Single(d => d.GetProperty("code").GetString() == moved.Code).GetProperty("fields")[0];
        Assert.Equal(("parent_code", "130102", "130104"), (fields.GetProperty("column").GetString(), fields.GetProperty("old").GetString(), fields.GetProperty("new").GetString()));
        Assert.Equal(1, (await _host.OrganisationAsync(moved.Code)).Version);
        await SendAsync(client, file, "").RefusedAsync(HttpStatusCode.PreconditionRequired, "GEN-0008");
        var applied = await SendAsync(client, file, $"fingerprint={shown.GetProperty("fingerprint").GetString()}").OkAsync();
        Assert.True(applied.GetProperty("applied").GetBoolean());
        Assert.Equal(("改名小学", (await _host.OrganisationAsync("130104")).Id, 1L), ((await _host.OrganisationAsync(renamed.Code)).NameZh, (await _host.OrganisationAsync(moved.Code)).ParentId!.Value, (await _host.OrganisationAsync(kept.Code)).Version));
        await _host.Events.WaitForAsync<OrganisationChanged>(e => e.Code == fresh && e.Version == 1);
        await _host.Events.WaitForAsync<OrganisationChanged>(e => e.Code == moved.Code && e.Version == 2);
        Assert.Equal((0, 0, 0, 0, 4), Counts(await SendAsync(client, file, "preview=true").OkAsync()));
    }

    [Fact]
    public async Task Post_TreeChangedSinceThePreview_Is412AndAppliesNothing()
    {
        var school = await _host.NewSchoolAsync("130102");
        var file = Heading + Row(school.Code, "130102", "先看后改小学");
        using var client = _host.Administrator;
        var shown = await SendAsync(client, file, "preview=true").OkAsync();
        await client.MoveAsync(school, await _host.OrganisationAsync("130104")).OkAsync();
        await SendAsync(client, file, $"fingerprint={shown.GetProperty("fingerprint").GetString()}").RefusedAsync(HttpStatusCode.PreconditionFailed, "GEN-0007");
        Assert.Equal(2, (await _host.OrganisationAsync(school.Code)).Version);
    }

    [Fact]
    public async Task Post_CloseMissing_ClosesOnlyWhenAskedAndOnlyThere()
    {
        // A zone: the list of a whole province has schools in every other county.
        using var client = _host.Administrator;
        var (named, missing) = (await _host.NewSchoolAsync("131171"), await _host.NewSchoolAsync("131171"));
        var file = Heading + Row(named.Code, "131171", "点名小学");
        Assert.Equal(0, (await SendAsync(client, file, "preview=true").OkAsync()).GetProperty("closed").GetInt32());
        var below = $"closeMissingBelow={named.ParentId}";
        var shown = await SendAsync(client, file, $"preview=true&{below}").OkAsync();
        Assert.Equal(1, shown.GetProperty("closed").GetInt32());
        await SendAsync(client, file, $"fingerprint={shown.GetProperty("fingerprint").GetString()}&{below}").OkAsync();
        await _host.Events.WaitForAsync<OrganisationChanged>(e => e.Code == missing.Code && e.ValidTo is not null);
        using var other = await _host.AdministratorOfAsync("130104");
        await SendAsync(other, Heading, $"preview=true&{below}").RefusedAsync(HttpStatusCode.UnprocessableEntity, "IDN-0040");
    }

    [Theory]
    [InlineData("2113900001,139999,甲,A,primary,town,private,g1\n", "parent_code", "unknown-parent")]
    [InlineData("2113900001,130202,甲,A,primary,town,private,g1\n", "parent_code", "unknown-parent")]
    [InlineData("2113900001,130100,甲,A,primary,town,private,g1\n", "parent_code", "level")]
    [InlineData("2113900001,130102,甲,A,university,town,private,g1\n", "school_type", "option")]
    [InlineData("2113900001,130102,甲,A,primary,town,private,g9\n", "grades", "type")]
    [InlineData("3413900001,130102,甲,A,primary,town,private,g1\n", "code", "class")]
    [InlineData("130102,130102,甲,A,primary,town,private,g1\n", "code", "pattern")]
    [InlineData("2113900001,130102,=1+1,A,primary,town,private,g1\n", "name_zh", "characters")]
    [InlineData("2113900001,130102,甲\u0007,A,primary,town,private,g1\n", "name_zh", "characters")]
    [InlineData("2113900001,130102,甲,A,primary,moon,private,g1\n", "urban_rural", "option")]
    public async Task Post_FaultyLine_IsNamedByLineAndColumn(string row, string column, string code)
    {
        using var client = await _host.AdministratorOfAsync("130100");
        var answer = await SendAsync(client, Heading + Row(Code(), "130102", "好的小学") + row, "preview=true");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var errors = (await answer.JsonAsync()).GetProperty("errors").EnumerateArray().ToList();
        Assert.Contains(errors, e => (e.GetProperty("line").GetInt32(), e.GetProperty("at").GetString(), e.GetProperty("code").GetString()) == (3, column, code));
    }

    [Fact]
    public async Task Post_DuplicatesVoidAndForeignCodes_AreRefusedAlike()
    {
        var (foreign, own) = (await _host.NewSchoolAsync("130202"), Code());
        using var client = await _host.AdministratorOfAsync("130100");
        var answer = await (await SendAsync(client, Heading + Row(own, "130102", "一小") + Row(own, "130102", "二小") + Row(foreign.Code, "130102", "三小"), "preview=true")).JsonAsync();
        Assert.Equal([(3, "duplicate"), (4, "void")], answer.GetProperty("errors").EnumerateArray().Select(e => (e.GetProperty("line").GetInt32(), e.GetProperty("code").GetString()!)));
        Assert.DoesNotContain(foreign.NameZh, answer.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("gb18030")]
    public async Task Post_EncodingsOfSpreadsheets_AreRead(string encoding)
    {
        var bytes = encoding == "utf-8" ? [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Heading + Row(Code(), "130102", "滹沱小学"))]
            : CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(Heading + Row(Code(), "130102", "滹沱小学"));
        using var client = _host.Administrator;
        var shown = await SendAsync(client, bytes, "preview=true").OkAsync();
        Assert.Equal((encoding, "滹沱小学"), (shown.GetProperty("encoding").GetString(), shown.GetProperty("differences")[0].GetProperty("nameZh").GetString()));
    }

    [Fact]
    public async Task Post_WhatIsNoText_IsRefusedClearly()
    {
        using var client = _host.Administrator;
        await SendAsync(client, [0x50, 0x4B, 3, 4, 0, 0], "preview=true").RefusedAsync(HttpStatusCode.UnprocessableEntity, "IDN-0058");
        await SendAsync(client, [0xFF, 0xFE, 0x63, 0x81], "preview=true").RefusedAsync(HttpStatusCode.UnprocessableEntity, "IDN-0058");
        await SendAsync(client, "code;name\n", "preview=true").RefusedAsync(HttpStatusCode.UnprocessableEntity, "IDN-0057");
        await SendAsync(client, Heading, "preview=true&effectiveOn=2999-01-01").RefusedAsync(HttpStatusCode.UnprocessableEntity, "IDN-0042");
        using var reviewer = _host.CreateClient(await _host.PersonAsync("county-reviewer", "130102"));
        await SendAsync(reviewer, Heading, "preview=true").RefusedAsync(HttpStatusCode.Forbidden, "GEN-0005");
    }

    [Fact]
    public async Task Post_AWholeProvince_TakesSeconds()
    {
        var counties = await _host.InDatabaseAsync(db => db.Organisations.Where(o => o.LevelRoles.Contains("county") && o.ValidTo == null && o.Kind == "division").Select(o => o.Code).ToListAsync());
        var file = new StringBuilder(Heading);
        for (var i = 0; i < 15_000; i++)
        {
            file.Append(Row($"3113{i:000000}", counties[i % counties.Count], $"第{i}乐亭行知学校").Replace("primary", "nine-year", StringComparison.Ordinal));
        }

        using var client = _host.Administrator;
        var watch = Stopwatch.StartNew();
        var shown = await SendAsync(client, file.ToString(), "preview=true").OkAsync();
        var preview = watch.Elapsed;
        await SendAsync(client, file.ToString(), $"fingerprint={shown.GetProperty("fingerprint").GetString()}").OkAsync();
        var applied = watch.Elapsed - preview;
        TestContext.Current.TestOutputHelper?.WriteLine($"15,000 schools: preview {preview.TotalSeconds:0.0} s, applied {applied.TotalSeconds:0.0} s");
        Assert.True(preview + applied < TimeSpan.FromSeconds(90), $"{preview} {applied}");
        foreach (var search in new[] { "laotingxingzhi", "ltxz", "乐亭行知", "3113014999", "第14999" })
        {
            await client.GetAsync($"/api/identity/organisations?search={search}");
            watch.Restart();
            var found = await (await client.GetAsync($"/api/identity/organisations?search={search}")).JsonAsync();
            TestContext.Current.TestOutputHelper?.WriteLine($"{search}: {found.GetProperty("total").GetInt32()} in {watch.Elapsed.TotalMilliseconds:0} ms");
            Assert.NotEqual(0, found.GetProperty("total").GetInt32());
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"{search} took {watch.Elapsed}");
        }
    }

    private static string Code() => $"2113{Interlocked.Increment(ref _last):000000}";

    private static string Row(string code, string parentCode, string name) => $"{code},{parentCode},{name},New School,{Facts},g1;g2\n";

    private static (int New, int Changed, int Moved, int Closed, int Unchanged) Counts(JsonElement shown) => (
        shown.GetProperty("new").GetInt32(), shown.GetProperty("changed").GetInt32(), shown.GetProperty("moved").GetInt32(), shown.GetProperty("closed").GetInt32(), shown.GetProperty("unchanged").GetInt32());

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string text, string query) => SendAsync(client, Encoding.UTF8.GetBytes(text), query);

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, byte[] bytes, string query)
    {
        using var body = new ByteArrayContent(bytes);
        body.Headers.ContentType = new("text/csv");
        return await client.PostAsync(Arranging.At($"/api/identity/organisations/imports?{query}"), body);
    }
}
