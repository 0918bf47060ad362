using System.Text.Json;
using Gengdu.Identity.Protocol;
using Gengdu.Identity.Protocol.Clients;
using Microsoft.Extensions.Options;

namespace Gengdu.Identity.Tests.Protocol.Clients;

/// <summary>The start-up self-check: a row that would weaken the server stops it, and all faults are said at once.</summary>
public sealed class ClientRegistryTests
{
    private const string Secret = "a-Secret-0123456789";
    private const string Callback = "https://app.test/callback";

    private static readonly ClientOptions Web = new() { Secret = Secret, RedirectUris = [Callback] };
    private static readonly ClientOptions Machine = new() { Secret = Secret, Grants = ["client_credentials"], Scopes = ["figures:read"], Audiences = ["reporting"] };
    private static readonly ClientOptions Mobile = new() { Public = true, RedirectUris = [Callback] };

    private static readonly (string Name, string Id, ClientOptions Client, string Says)[] Unsafe =
    [
        ("id with a space", "my app", Web, "letters, digits"),
        ("id too long", new string('a', 101), Web, "letters, digits"),
        ("id like a person's", "0192d5a0-0000-7000-8000-000000000001", Web, "person's id"),
        ("id like a service's", "reporting", Web, "named like a service"),
        ("built-in id", "gateway", Web, "built in"),
        ("no proof", "app", Web with { Secret = null }, "neither a secret nor keys"),
        ("short secret", "app", Web with { Secret = "short-secret" }, "can be guessed"),
        ("secret of one letter", "app", Web with { Secret = new string('x', 40) }, "can be guessed"),
        ("secret of another client", "app", Web with { Secret = Rest.GatewaySecret }, "have the same secret"),
        ("secret and keys", "app", Web with { Jwks = Key("sig") }, "more than one of"),
        ("two places of keys", "app", Web with { Secret = null, Jwks = Key("sig"), JwksAddress = "https://app.test/jwks" }, "more than one of"),
        ("keys that are none", "app", Web with { Secret = null, Jwks = "{]" }, "is not a JWK set"),
        ("no keys in the set", "app", Web with { Secret = null, Jwks = """{"keys":[]}""" }, "holds no keys"),
        ("private key", "app", Web with { Secret = null, Jwks = Key("private") }, "a private key"),
        ("symmetric key", "app", Web with { Secret = null, Jwks = """{"keys":[{"kty":"oct","k":"AAAA"}]}""" }, "a symmetric key"),
        ("small RSA key", "app", Web with { Secret = null, Jwks = Key("small") }, "less than 2048"),
        ("foreign curve", "app", Web with { Secret = null, Jwks = """{"keys":[{"kty":"EC","crv":"P-384","x":"AAAA","y":"AAAA"}]}""" }, "not P-256"),
        ("key of a weak algorithm", "app", Web with { Secret = null, Jwks = Key("RS1") }, "ES256, PS256 and RS256"),
        ("key for encryption", "app", Web with { Secret = null, Jwks = Key("enc") }, "not for signatures"),
        ("two keys of one id", "app", Web with { Secret = null, Jwks = Key("twice") }, "two keys of one id"),
        ("keys over http", "app", Web with { Secret = null, JwksAddress = "http://app.test/jwks" }, "unsafe JwksAddress"),
        ("keys from a file", "app", Web with { Secret = null, JwksAddress = "file:///etc/jwks" }, "unsafe JwksAddress"),
        ("implicit", "app", Web with { Grants = ["authorization_code", "implicit"] }, "the grant implicit"),
        ("password", "app", Web with { Grants = ["password"] }, "the grant password"),
        ("refresh alone", "app", Machine with { Grants = ["refresh_token"] }, "refresh_token without"),
        ("for itself and for people", "app", Web with { Grants = ["authorization_code", "client_credentials"] }, "make two clients"),
        ("public with a secret", "app", Mobile with { Secret = Secret }, "is public and yet has"),
        ("public for itself", "app", Machine with { Public = true, Secret = null }, "anybody could"),
        ("public without a grant", "app", new() { Public = true, Audiences = ["reporting"] }, "public and has no grant"),
        ("no redirect address", "app", Web with { RedirectUris = [], Grants = ["authorization_code"] }, "no redirect address"),
        ("redirect of a machine", "app", Machine with { RedirectUris = [Callback] }, "without authorization_code"),
        ("redirect twice", "app", Web with { RedirectUris = [Callback, Callback] }, "address twice"),
        ("redirect over http", "app", Web with { RedirectUris = ["http://app.test/callback"] }, "unsafe address"),
        ("redirect with wildcard", "app", Web with { RedirectUris = ["https://*.app.test/callback"] }, "unsafe address"),
        ("redirect with fragment", "app", Web with { RedirectUris = [Callback + "#x"] }, "unsafe address"),
        ("redirect with empty fragment", "app", Web with { RedirectUris = [Callback + "#"] }, "unsafe address"),
        ("redirect with a user", "app", Web with { RedirectUris = ["https://app.test@evil.test/"] }, "unsafe address"),
        ("redirect that climbs", "app", Web with { RedirectUris = ["https://app.test/x/../callback"] }, "unsafe address"),
        ("redirect that climbs encoded", "app", Web with { RedirectUris = ["https://app.test/x/%2e%2e/callback"] }, "unsafe address"),
        ("redirect with a line break", "app", Web with { RedirectUris = ["https://app.test/\r\nx"] }, "unsafe address"),
        ("redirect with a backslash", "app", Web with { RedirectUris = ["https://app.test\\@evil.test/"] }, "unsafe address"),
        ("redirect that is a script", "app", Web with { RedirectUris = ["javascript:alert(1)"] }, "unsafe address"),
        ("redirect without a host", "app", Web with { RedirectUris = ["/callback"] }, "unsafe address"),
        ("redirect too long", "app", Web with { RedirectUris = ["https://app.test/" + new string('x', 400)] }, "unsafe address"),
        ("logout address over http", "app", Web with { PostLogoutRedirectUris = ["http://app.test/"] }, "unsafe address"),
        ("logout call over http", "app", Web with { BackchannelLogoutUri = "http://app.test/logout" }, "unsafe BackchannelLogoutUri"),
        ("logout call of a machine", "app", Machine with { BackchannelLogoutUri = "https://app.test/logout" }, "nobody signs in"),
        ("openid for a machine", "app", Machine with { Scopes = ["openid"] }, "the scope openid"),
        ("scope with a space", "app", Machine with { Scopes = ["a b"] }, "the scope a b"),
        ("machine without scopes", "app", Machine with { Scopes = null }, "no scopes of its own"),
        ("rights as a scope", "app", Web with { Scopes = ["openid", "admin"] }, "the scope admin"),
        ("offline without refresh", "app", Web with { Grants = ["authorization_code"], Scopes = ["openid", "offline_access"] }, "offline_access without"),
        ("machine without audiences", "app", Machine with { Audiences = null }, "no audiences"),
        ("no audience at all", "app", Web with { Audiences = [] }, "empty list of audiences"),
        ("unknown audience", "app", Machine with { Audiences = ["payroll"] }, "the audience payroll"),
        ("resource server without audiences", "app", new() { Secret = Secret }, "no audiences"),
        ("machine that must push", "app", Machine with { RequirePushedRequests = true }, "may not make"),
    ];

    public static TheoryData<string> UnsafeRows() => [.. Unsafe.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(UnsafeRows))]
    public void UnsafeRow_StopsTheStart(string name)
    {
        var (_, id, client, says) = Unsafe.Single(row => row.Name == name);
        var fault = Assert.Throws<InvalidOperationException>(() => Rest.With((id, client)));
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnsafeRows_AreAllSaidAtOnce()
    {
        var rows = Unsafe.Where(row => row.Id == "app").Select((row, i) => ($"app-{i}", row.Client)).ToArray();
        var fault = Assert.Throws<InvalidOperationException>(() => Rest.With(rows));
        Assert.All(rows, row => Assert.Contains($"{row.Item1} ", fault.Message, StringComparison.Ordinal));
        Assert.True(Unsafe.Length >= 27);
    }

    [Fact]
    public void SafeRows_AreTaken()
    {
        var clients = Rest.With(
            ("web", Web), ("machine", Machine with { Secret = "another-Secret-0123456" }), ("mobile", Mobile), ("signing", Web with { Secret = null, Jwks = Key("sig") }),
            ("fetched", Web with { Secret = null, JwksAddress = "http://app.internal:8080/jwks" }), ("local", Web with { Secret = "local-Secret-0123456", RedirectUris = ["http://127.0.0.1:5000/callback"] }),
            ("resource-server", new() { Secret = "resource-Secret-0123", Audiences = ["reporting"] }));
        Assert.True(clients.Find("resource-server")!.IsResourceServer);
        Assert.Equal(["authorization_code", "refresh_token"], clients.Find("mobile")!.Grants);
        Assert.Null(clients.Find("Web"));
        Assert.False(clients.Find("mobile")!.HasSecret(""));
        Assert.False(clients.Nobody.HasSecret(""));
    }

    [Fact]
    public void Gateway_WithAKeyAddress_SignsAndMustPush()
    {
        var gateway = Rest.Of(new() { Issuer = Rest.Issuer, GatewayClientSecret = Rest.GatewaySecret, GatewayJwksAddress = "http://gateway:8080/bff/jwks" }).Find("gateway")!;
        Assert.Equal((true, true, false), (gateway.UsesKeys, gateway.RequiresPushedRequests, gateway.HasSecret(Rest.GatewaySecret)));
        Assert.Throws<InvalidOperationException>(() => Rest.Of(new() { Issuer = Rest.Issuer }));
    }

    private static string Key(string kind)
    {
        using var rsa = System.Security.Cryptography.RSA.Create(kind == "small" ? 1024 : 2048);
        var numbers = rsa.ExportParameters(kind == "private");
        var key = new Dictionary<string, string> { ["kty"] = "RSA", ["kid"] = "k", ["n"] = SigningClient.Encode(numbers.Modulus!), ["e"] = SigningClient.Encode(numbers.Exponent!) };
        (key["use"], key["alg"]) = (kind == "enc" ? "enc" : "sig", kind == "RS1" ? "RS1" : "RS256");
        if (numbers.D is { } secret)
        {
            key["d"] = SigningClient.Encode(secret);
        }

        return JsonSerializer.Serialize(new { keys = kind == "twice" ? new[] { key, key } : [key] });
    }

    /// <summary>The configuration around the row in question.</summary>
    private static class Rest
    {
        public const string Issuer = "https://gengdu.test/identity";
        public const string GatewaySecret = "gateway-Secret-0123456";

        public static ClientRegistry Of(ProtocolOptions options) => new(Options.Create(options));

        public static ClientRegistry With(params (string Id, ClientOptions Client)[] rows) =>
            Of(new() { Issuer = Issuer, GatewayClientSecret = GatewaySecret, Clients = rows.ToDictionary(row => row.Id, row => row.Client) });
    }
}
