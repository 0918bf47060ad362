using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Gengdu.Analytics.Feed.Keys;

/// <summary>The key of the request under way.</summary>
internal sealed record FeedKeyInUse(Guid Id);

/// <summary>
/// Basic, because that is what Excel and Power BI can send. Looked up at each request: what was removed, has expired or ended with the person's sign-ins is
/// refused at once. The rights are those of the person, looked up behind this as for anybody.
/// </summary>
internal sealed class FeedKeyAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Database database)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "feed-key";
    private const int Longest = 300;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Read(Request.Headers.Authorization.ToString()) is not var (id, secret))
        {
            return AuthenticateResult.NoResult();
        }

        await using var connection = await database.OpenConnectionAsync(Context.RequestAborted);
        await using var command = new NpgsqlCommand("select person_id, secret_hash from feed_keys where id = $1 and expires_at > $2", connection)
        { CommandTimeout = Budgets.StatementSeconds, Parameters = { new() { Value = id }, new() { Value = TimeProvider.GetUtcNow() } } };
        await using var reader = await command.ExecuteReaderAsync(Context.RequestAborted);
        if (!await reader.ReadAsync(Context.RequestAborted) || !CryptographicOperations.FixedTimeEquals(FeedKey.HashOf(secret), reader.GetFieldValue<byte[]>(1)))
        {
            return AuthenticateResult.Fail("no such key");
        }

        Context.Features.Set(new FeedKeyInUse(id));
        var identity = new ClaimsIdentity([new("sub", reader.GetGuid(0).ToString()), new("client_id", SchemeName)], SchemeName, "sub", null);
        return AuthenticateResult.Success(new(new(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Basic realm=\"Gengdu data feed\", charset=\"UTF-8\"";
        return new FeedError(FeedProblems.KeyRefused).ExecuteAsync(Context);
    }

    private static (Guid Id, string Secret)? Read(string header)
    {
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var bytes = new byte[Longest];
        return Convert.TryFromBase64String(header[6..].Trim(), bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var user, var secret]
            && Guid.TryParseExact(user.Trim(), "N", out var id) ? (id, secret) : null;
    }
}
