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

    /// <summary>Less than a request may take: whoever waits is told why.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);
    private Task<BaseConfiguration>? _reading;
    private readonly ConcurrentDictionary<string, (TokenValidationResult Result, DateTimeOffset Until)> _accepted = new(StringComparer.Ordinal);

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        var now = clock.GetUtcNow();
        if (_accepted.TryGetValue(token, out var known) && known.Until > now)
        {
            return known.Result;
        }

        if (await KeysAwayAsync(validationParameters.ConfigurationManager) is { } away)
        {
            return new TokenValidationResult { IsValid = false, Exception = away };
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

    /// <summary>
    /// Without the issuer's keys nothing can be said about a token: that is no refusal of it. All who wait share one attempt. Keys
    /// that were read once stay known while the issuer is away.
    /// </summary>
    private async Task<KeysAwayException?> KeysAwayAsync(BaseConfigurationManager? keys)
    {
        if (keys is null)
        {
            return null;
        }

        Task<BaseConfiguration> reading;
        lock (_accepted)
        {
            reading = _reading = _reading is { IsCompleted: false } under ? under : keys.GetBaseConfigurationAsync(CancellationToken.None);
        }

        try
        {
            await reading.WaitAsync(Patience, clock);
            return null;
        }
        catch (Exception fault)
        {
            return new(fault);
        }
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

/// <summary>The issuer does not say by which keys it signs: neither a good token nor a bad one.</summary>
internal sealed class KeysAwayException(Exception fault) : TimeoutException("The keys of the token's issuer could not be read", fault);
