using System.Net;
using System.Net.Http.Json;
using Gengdu.Organisations;

namespace Gengdu.Identity.Tests.Notices;

public sealed class ProveContactTests(NoticeFixture fixture) : IClassFixture<NoticeFixture>
{
    [Fact]
    public async Task Prove_WithTheCodeThatCame_NoticesGoThere_UntilTheAddressChanges()
    {
        var person = await fixture.Host.PersonAsync(Roles.Reporter, "130102");
        using var client = fixture.Host.CreateClient(person);
        var address = await NoticeFixture.NamedAsync(client, $"{person:N}@school.example");
        using var asked = await client.PostAsJsonAsync(Arranging.At("/api/identity/me/contact/codes"), new { channel = "mail" });
        var code = await fixture.CodeAsync(person);
        using var wrong = await ProveAsync(client, code == "000000" ? "000001" : "000000");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "IDN-0125"), (wrong.StatusCode, (await wrong.JsonAsync()).GetProperty("code").GetString()));
        // As a Chinese keyboard may make it.
        using var right = await ProveAsync(client, $" {string.Concat(code.Select(digit => (char)(digit + 0xFEE0)))} ");
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        var contact = await right.JsonAsync();
        Assert.Equal((true, false), (contact.GetProperty("mailProved").GetBoolean(), contact.GetProperty("phoneProved").GetBoolean()));
        await fixture.RaisedAsync(person);
        await fixture.SendAllAsync();
        Assert.Single(fixture.MailsTo(address));

        await NoticeFixture.NamedAsync(client, $"{person:N}@elsewhere.example");
        using var read = await client.GetAsync(Arranging.At("/api/identity/me/contact"));
        Assert.False((await read.JsonAsync()).GetProperty("mailProved").GetBoolean());
        using var used = await ProveAsync(client, code);
        Assert.Equal("IDN-0126", (await used.JsonAsync()).GetProperty("code").GetString());
    }

    /// <summary>A code for one address proves no other one.</summary>
    [Fact]
    public async Task Prove_WithTheCodeOfTheAddressBefore_IsRefused()
    {
        var person = await fixture.Host.PersonAsync(Roles.Reporter, "130102");
        using var client = fixture.Host.CreateClient(person);
        await NoticeFixture.NamedAsync(client, "mine@school.example");
        using var asked = await client.PostAsJsonAsync(Arranging.At("/api/identity/me/contact/codes"), new { channel = "mail" });
        var code = await fixture.CodeAsync(person);
        await NoticeFixture.NamedAsync(client, "another@school.example");
        using var proved = await ProveAsync(client, code);
        Assert.Equal((HttpStatusCode.Conflict, "IDN-0126"), (proved.StatusCode, (await proved.JsonAsync()).GetProperty("code").GetString()));
    }

    private static Task<HttpResponseMessage> ProveAsync(HttpClient client, string code) => client.PostAsJsonAsync(Arranging.At("/api/identity/me/contact/proofs"), new { channel = "mail", code });
}
