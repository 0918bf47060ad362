using System.Collections.Concurrent;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gengdu.ServiceDefaults;

/// <summary>
/// Checks a token's signature once and remembers the good answer until the token expires: an RSA check costs more than the
/// rest of a small request. Safe because rights are never read from the token, and only accepted tokens are remembered.
/// </summary>
internal sealed class CachingTokenHandler(TimeProvider clock) : JsonWebTokenHandler
{
    private const int Capacity = 20_000;
    private readonly ConcurrentDictionary<string, (TokenValidationResult Result, DateTimeOffset Until)> _accepted = new(StringComparer.Ordinal);

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        var now = clock.GetUtcNow();
        if (_accepted.TryGetValue(token, out var known) && known.Until > now)
        {
            return known.Result;
        }

        var result = await base.ValidateTokenAsync(token, validationParameters);
        if (result is { IsValid: true, SecurityToken: JsonWebToken accepted } && accepted.IssuedAt > (now + validationParameters.ClockSkew).UtcDateTime)
        {
            // The framework looks at nbf and exp only; a token of tomorrow is as wrong as one of yesterday.
            return new TokenValidationResult { IsValid = false, Exception = new SecurityTokenNotYetValidException("The token was issued in the future") };
        }

        if (result.IsValid)
        {
            Remember(token, result, now);
        }

        return result;
    }

    private void Remember(string token, TokenValidationResult result, DateTimeOffset now)
    {
        if (_accepted.Count >= Capacity)
        {
            foreach (var (key, entry) in _accepted)
            {
                if (entry.Until <= now)
                {
                    _accepted.TryRemove(key, out _);
                }
            }

            if (_accepted.Count >= Capacity)
            {
                _accepted.Clear();
            }
        }

        _accepted[token] = (result, new DateTimeOffset(result.SecurityToken.ValidTo, TimeSpan.Zero));
    }
}
