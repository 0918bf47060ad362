using System.Net;
using System.Net.Http.Json;
using Gengdu.Audit;
using Gengdu.Contracts.Identity.V1;
using Gengdu.Identity.People;
using Gengdu.Identity.Tests.Protocol;
using Gengdu.Organisations;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.Identity.Tests.People;

public sealed class ErasePersonTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private readonly ProtocolHost _host = fixture.Host;

    [Fact]
    public async Task Post_DisabledPerson_LosesEverythingButTheId_AndTheAuditStaysWhole()
    {
        const string Name = "erase-canary-1";
        var id = await _host.PersonAsync("reporter", "130102", Name, "a good password");
        using var browser = _host.Browser();
        await browser.TokensAsync(Name, "a good password");
        await _host.InDatabaseAsync(async db =>
        {
            db.Audit(AuditAct.By(id, "canary.kept", id) with { Personal = Name, PersonalOf = id }, _host.Clock.GetUtcNow());
            await db.SaveChangesAsync();
        });
        await _host.AuditAsync();
        Assert.Equal(1, await _host.InDatabaseAsync(db => db.Set<AuditPersonal>().CountAsync(p => p.PersonId == id)));
        using var security = await SecurityAsync("130102");
        Assert.Equal(HttpStatusCode.NoContent, (await DisableAsync(id)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await EraseAsync(security, id)).StatusCode);

        var person = await _host.InDatabaseAsync(db => db.People.AsNoTracking().SingleAsync(p => p.Id == id));
        Assert.Equal(($"erased-{id:N}", "已注销", null), (person.UserName, person.DisplayName, person.PasswordHash));
        Assert.NotNull(person.ErasedAt);
        var left = await _host.InDatabaseAsync(async db => new[]
        {
            await db.KnownBrowsers.CountAsync(b => b.PersonId == id), await db.SecondFactors.CountAsync(f => f.PersonId == id), await db.RecoveryCodes.CountAsync(c => c.PersonId == id),
            await db.OneTimeCodes.CountAsync(c => c.PersonId == id), await db.Sessions.CountAsync(s => s.PersonId == id && (s.EndedAt == null || s.Browser != "")), await db.Set<AuditPersonal>().CountAsync(p => p.PersonId == id),
        });
        Assert.All(left, count => Assert.Equal(0, count));
        Assert.Contains(await _host.AuditOfAsync(id), entry => entry.Act == "person.erased" && entry.Details!.Contains("request", StringComparison.Ordinal));
        // The entry of before is still there with its hash; only what was kept beside it is gone.
        Assert.NotNull(Assert.Single(await _host.AuditOfAsync(id), entry => entry.Act == "canary.kept").PersonalHash);
        await AssertNameIsGoneAsync(Name);

        Assert.Equal(HttpStatusCode.NoContent, (await EraseAsync(security, id)).StatusCode);
        Assert.Single(await _host.AuditOfAsync(id), entry => entry.Act == "person.erased");
        using var administrator = _host.Administrator;
        await RefusedAsync(await administrator.DeleteAsync(Arranging.At($"/api/identity/people/{id}/disabled")), 409, "IDN-0101");
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.PasswordAsync(Name, "a good password")).StatusCode);
    }

    [Fact]
    public async Task Post_NotDisabledOrWithoutReasonOrByAnotherDesk_IsRefused()
    {
        var id = await _host.PersonAsync("reporter", "130102");
        using var security = await SecurityAsync("130102");
        await RefusedAsync(await EraseAsync(security, id), 409, "IDN-0100");
        await RefusedAsync(await EraseAsync(security, id, "because"), 422, "GEN-0011");
        await DisableAsync(id);
        using var elsewhere = await SecurityAsync("130123");
        Assert.Equal(HttpStatusCode.NotFound, (await EraseAsync(elsewhere, id)).StatusCode);
        using var administrator = _host.Administrator;
        Assert.Equal(HttpStatusCode.Forbidden, (await EraseAsync(administrator, id)).StatusCode);
        Assert.Null(await _host.InDatabaseAsync(db => db.People.Where(p => p.Id == id).Select(p => p.ErasedAt).SingleAsync()));
    }

    /// <summary>Who had which right when stays answerable by ids; nobody who is gone still holds one, and the desk's words about them go.</summary>
    [Fact]
    public async Task Post_TheRolesEnd_AndOnlyIdsStay()
    {
        var (holder, deputy, delegation) = await _host.DelegatedAsync("130102");
        await _host.InDatabaseAsync(db => db.Assignments.Where(a => a.PersonId == holder).ExecuteUpdateAsync(a => a.SetProperty(x => x.Reason, "因病休假")));
        var before = await _host.InDatabaseAsync(db => db.Assignments.AsNoTracking().SingleAsync(a => a.PersonId == holder));
        using var security = await SecurityAsync("130102");
        await DisableAsync(holder);
        Assert.Equal(HttpStatusCode.NoContent, (await EraseAsync(security, holder)).StatusCode);

        var after = await _host.InDatabaseAsync(db => db.Assignments.AsNoTracking().SingleAsync(a => a.PersonId == holder));
        Assert.Equal((before.Id, before.Role, before.OrganisationId, before.ValidFrom, true, null), (after.Id, after.Role, after.OrganisationId, after.ValidFrom, after.Removed, after.Reason));
        Assert.True(await _host.InDatabaseAsync(db => db.Assignments.Where(a => a.Id == delegation).Select(a => a.Removed).SingleAsync()));
        foreach (var id in new[] { before.Id, delegation })
        {
            await _host.Events.WaitForAsync<AssignmentChanged>(e => e.AssignmentId == id && e.Removed);
            Assert.Contains(await _host.AuditOfAsync(id), entry => entry.Act == "assignment.removed");
        }

        Assert.Equal(1, await _host.InDatabaseAsync(db => db.Assignments.CountAsync(a => a.PersonId == deputy && !a.Removed)));
        Assert.Equal(HttpStatusCode.NoContent, (await EraseAsync(security, holder)).StatusCode);
    }

    /// <summary>The audit's side table opens for erased people alone, whoever asks it as the service.</summary>
    [Fact]
    public async Task EraseAuditOf_APersonWhoIsNotErased_IsRefusedByTheDatabase()
    {
        var id = await _host.PersonAsync("reporter", "130102");
        await Assert.ThrowsAnyAsync<Exception>(() => _host.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"select identity.erase_audit_of({id})")));
    }

    [Fact]
    public async Task EachDay_PeopleDisabledForYears_AreErased()
    {
        var (old, recent) = (await _host.PersonAsync("reporter", "130102"), await _host.PersonAsync("reporter", "130102"));
        foreach (var (id, years) in new[] { (old, 3.1), (recent, 2.9) })
        {
            await DisableAsync(id);
            var at = _host.Clock.GetUtcNow().AddDays(-365.25 * years);
            await _host.InDatabaseAsync(db => db.People.Where(p => p.Id == id).ExecuteUpdateAsync(p => p.SetProperty(x => x.DisabledAt, at)));
        }

        var eraser = _host.Services.GetRequiredService<PersonEraser>();
        Assert.True(await eraser.EraseAsync(default) >= 1);
        var erased = await _host.InDatabaseAsync(db => db.People.Where(p => p.Id == old || p.Id == recent).ToDictionaryAsync(p => p.Id, p => p.ErasedAt));
        Assert.NotNull(erased[old]);
        Assert.Null(erased[recent]);
        Assert.Equal(0, await eraser.EraseAsync(default));
        Assert.Contains(await _host.AuditOfAsync(old), entry => entry.Act == "person.erased" && entry.ActorId is null);
    }

    [Fact]
    public async Task EachDay_OneThatCannotBeErased_DoesNotKeepTheOthers()
    {
        var (stuck, other) = (await _host.PersonAsync("reporter", "130102"), await _host.PersonAsync("reporter", "130102"));
        foreach (var (id, years) in new[] { (stuck, 5.0), (other, 4.0) })
        {
            await DisableAsync(id);
            var at = _host.Clock.GetUtcNow().AddDays(-365.25 * years);
            await _host.InDatabaseAsync(db => db.People.Where(p => p.Id == id).ExecuteUpdateAsync(p => p.SetProperty(x => x.DisabledAt, at)));
        }

        await PostgresServer.ExecuteAsync(_host.Database.Name, $"""
            create function identity.refuse_erasure() returns trigger language plpgsql as 'begin raise exception ''stuck''; end';
            create trigger refuse_erasure before update on identity.people for each row when (old.id = '{stuck}') execute function identity.refuse_erasure();
            """);
        var eraser = _host.Services.GetRequiredService<PersonEraser>();
        try
        {
            Assert.True(await eraser.EraseAsync(default) >= 1);
        }
        finally
        {
            await PostgresServer.ExecuteAsync(_host.Database.Name, "drop function identity.refuse_erasure() cascade");
        }

        var erased = await _host.InDatabaseAsync(db => db.People.Where(p => p.Id == stuck || p.Id == other).ToDictionaryAsync(p => p.Id, p => p.ErasedAt));
        Assert.Equal((true, false), (erased[other] is not null, erased[stuck] is not null));
        Assert.True(await eraser.EraseAsync(default) >= 1);
    }

    private async Task<HttpClient> SecurityAsync(string code) => _host.CreateClient(await _host.HolderAsync(Roles.SecurityAdministrator, code));

    private async Task<HttpResponseMessage> DisableAsync(Guid id)
    {
        using var administrator = _host.Administrator;
        return await administrator.PutAsync(Arranging.At($"/api/identity/people/{id}/disabled"), null);
    }

    private static Task<HttpResponseMessage> EraseAsync(HttpClient client, Guid id, string reason = "request") =>
        client.PostAsJsonAsync(Arranging.At($"/api/identity/people/{id}/erasure"), new { reason });

    private static async Task RefusedAsync(HttpResponseMessage response, int status, string code) =>
        Assert.Equal((status, code), ((int)response.StatusCode, (await response.JsonAsync()).GetProperty("code").GetString()));

    /// <summary>No row of any table of the schema says the name any more.</summary>
    private async Task AssertNameIsGoneAsync(string name)
    {
        var tables = await _host.InDatabaseAsync(db => db.Database.SqlQuery<string>($"select table_name as \"Value\" from information_schema.tables where table_schema = 'identity' and table_type = 'BASE TABLE'").ToListAsync());
        Assert.True(tables.Count > 10);
        foreach (var table in tables)
        {
            var sql = $"select count(*) as \"Value\" from identity.{table} t where t::text ilike '%{name}%'";
            Assert.Equal((table, 0L), (table, await _host.InDatabaseAsync(db => db.Database.SqlQueryRaw<long>(sql).SingleAsync())));
        }
    }
}
