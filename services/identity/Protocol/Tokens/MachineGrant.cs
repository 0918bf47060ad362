using Gengdu.Identity.Protocol.Clients;

namespace Gengdu.Identity.Protocol.Tokens;

/// <summary>
/// The grant client_credentials: another provincial system speaks for itself. Only scopes and services of its own row, no
/// person, so no session, no id token and nothing to refresh.
/// </summary>
internal sealed class MachineGrant(TokenIssuer tokens)
{
    public async Task<(TokenResponse? Response, TokenError? Error)> HandleAsync(Parameters form, Client client, CancellationToken cancellationToken)
    {
        var asked = form["scope"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return asked.Except(client.Scopes, StringComparer.Ordinal).Any()
            ? (null, TokenError.InvalidScope)
            : (await tokens.ForMachineAsync(client.Id, string.Join(' ', asked is [] ? client.Scopes : asked.Distinct(StringComparer.Ordinal)), client.AudienceFor(form["resource"])!, cancellationToken), null);
    }
}
