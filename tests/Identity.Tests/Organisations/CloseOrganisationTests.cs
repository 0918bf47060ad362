using System.Net;
using Gengdu.Contracts.Identity.V1;
using Gengdu.Identity.Organisations;

namespace Gengdu.Identity.Tests.Organisations;

public sealed class CloseOrganisationTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task Put_School_EndsTheDayBeforeAndIsStillReadable()
    {
        var school = await _host.NewSchoolAsync("130102");
        using var client = _host.Administrator;
        await client.ChangeAsync(HttpMethod.Put, school, "closure", new { reason = "生源不足" }).OkAsync();
        var lastDay = SchoolDay.Of(_host.Clock.GetUtcNow()).AddDays(-1);
        await _host.Events.WaitForAsync<OrganisationChanged>(e => e.OrganisationId == school.Id && e.ValidTo == lastDay && e.Version == 2);
        Assert.Equal(0, await TotalAsync(client, $"search={school.Code}"));
        Assert.Equal(1, await TotalAsync(client, $"search={school.Code}&closed=true"));
        Assert.Equal(1, await TotalAsync(client, $"search={school.Code}&on={lastDay:yyyy-MM-dd}"));
        var closed = await (await client.GetAsync($"/api/identity/organisations/{school.Id}")).JsonAsync();
        Assert.Equal($"{lastDay:yyyy-MM-dd}", closed.GetProperty("validTo").GetString());
    }

    [Fact]
    public async Task Put_Twice_IsRefused()
    {
        var school = await _host.NewSchoolAsync("130102");
        using var client = _host.Administrator;
        await client.ChangeAsync(HttpMethod.Put, school, "closure", new { }).OkAsync();
        await client.ChangeAsync(HttpMethod.Put, school, "closure", new { }, 2).RefusedAsync(HttpStatusCode.Conflict, "IDN-0041");
    }

    [Fact]
    public async Task Put_CountyWithSchools_IsRefused()
    {
        await _host.NewSchoolAsync("130105");
        using var client = _host.Administrator;
        await client.ChangeAsync(HttpMethod.Put, await _host.OrganisationAsync("130105"), "closure", new { }).RefusedAsync(HttpStatusCode.Conflict, "IDN-0051");
    }

    [Fact]
    public async Task Put_Zone_WithoutSchools_Ends()
    {
        using var client = _host.Administrator;
        await client.ChangeAsync(HttpMethod.Put, await _host.OrganisationAsync("130172"), "closure", new { }).OkAsync();
    }

    [Fact]
    public async Task Put_Province_IsRefused()
    {
        using var client = _host.Administrator;
        await client.ChangeAsync(HttpMethod.Put, await _host.OrganisationAsync("130000"), "closure", new { }).RefusedAsync(HttpStatusCode.Conflict, "IDN-0052");
    }

    [Fact]
    public async Task Put_OnItsFirstDay_IsRefused()
    {
        var school = await _host.NewSchoolAsync("130102");
        using var client = _host.Administrator;
        await client.ChangeAsync(HttpMethod.Put, school, "closure", new { effectiveOn = "2020-09-01" }).RefusedAsync(HttpStatusCode.Conflict, "IDN-0055");
    }

    private static async Task<int> TotalAsync(HttpClient client, string query) => (await (await client.GetAsync($"/api/identity/organisations?{query}")).JsonAsync()).GetProperty("total").GetInt32();
}
