using System.Net.Http.Json;
using Gengdu.Identity.Tests.Protocol;
using Gengdu.Organisations;
using Gengdu.TestKit;

namespace Gengdu.Identity.Tests.People;

/// <summary>Whatever the desk does stands in the audit: who, to whom, where, and no name.</summary>
public sealed class DeskAuditTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private readonly ProtocolHost _host = fixture.Host;

    [Fact]
    public async Task EveryAct_IsWrittenOnce_WithItsPlaceAndWithoutNames()
    {
        var county = await _host.OrganisationAsync("130102");
        var (desk, _) = await _host.HeldAsync(Roles.Administrator, "130102");
        using var client = _host.CreateClient(desk);
        var created = await client.PostAsync("/api/identity/people/batch", new { people = new[] { Arranging.Person("audited-one", Roles.Reporter, "130102") } });
        var person = (await created.JsonAsync()).GetProperty("rows")[0].GetProperty("personId").GetGuid();
        foreach (var (method, act) in new[] { ("POST", "invitation"), ("POST", "password-reset"), ("POST", "unlock"), ("DELETE", "sessions"), ("DELETE", "second-factor"), ("PUT", "disabled"), ("DELETE", "disabled") })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), Arranging.At($"/api/identity/people/{person}/{act}")) { Content = JsonContent.Create(new { }) };
            Assert.True((await client.SendAsync(request)).IsSuccessStatusCode, act);
        }

        var entries = await _host.AuditOfAsync(person);
        Assert.Equal(
            ["invitation.issued", "password-reset.issued", "person.created", "person.disabled", "person.enabled", "person.signed-out", "person.unlocked", "second-factor.removed"],
            entries.Select(entry => entry.Act).Order(StringComparer.Ordinal));
        Assert.All(entries, entry => Assert.Equal((desk, county.Path, "person"), (entry.ActorId, entry.OrganisationPath, entry.ObjectKind)));
        Assert.DoesNotContain(await _host.AuditAsync(), entry => $"{entry.Details}{entry.Filter}".Contains("audited", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task RefusedActs_LeaveOnlyTheDenial()
    {
        var person = await _host.PersonAsync(Roles.Reporter, "130104");
        using var client = await _host.AdministratorOfAsync("130102");
        await client.PutAsync(Arranging.At($"/api/identity/people/{person}/disabled"), null);
        Assert.DoesNotContain(await _host.AuditOfAsync(person), entry => entry.Act == "person.disabled");
    }
}
