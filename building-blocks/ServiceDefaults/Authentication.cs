using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace Gengdu.ServiceDefaults;

/// <summary>Bearer access tokens of the identity provider that discovery names.</summary>
public static class Authentication
{
    /// <summary>
    /// Accepts only access tokens (typ at+jwt, PS256) for this audience from the configured issuer; everything not marked
    /// anonymous needs one. Fails at start when Identity:Issuer is missing. Identity:Audience renames this service for
    /// providers that know audiences by absolute addresses only.
    /// </summary>
    public static void AddServiceAuthentication(this WebApplicationBuilder builder, string audience)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var identity = builder.Configuration.GetSection("Identity");
        var issuer = identity["Issuer"] ?? throw new InvalidOperationException(
            "Configuration Identity:Issuer is missing: the public address of the authorization server, e.g. http://localhost:8080/identity (environment variable Identity__Issuer).");
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(bearer =>
        {
            bearer.Authority = issuer;
            bearer.MetadataAddress = identity["MetadataAddress"] ?? $"{issuer.TrimEnd('/')}/.well-known/openid-configuration";
            bearer.RequireHttpsMetadata = !bearer.MetadataAddress.StartsWith("http://", StringComparison.Ordinal);
            bearer.MapInboundClaims = false;
            bearer.RefreshOnIssuerKeyNotFound = true;
            bearer.TokenValidationParameters.ValidIssuer = issuer;
            // Exactly one audience, letter by letter: a token that is good in two places is stolen in one and used in the other.
            var own = identity["Audience"] is { Length: > 0 } named ? named : audience;
            bearer.TokenValidationParameters.AudienceValidator = (audiences, _, _) => audiences.Take(2).ToArray() is [var only] && only == own;
            bearer.TokenValidationParameters.ValidTypes = ["at+jwt"];
            bearer.TokenValidationParameters.ValidAlgorithms = [SecurityAlgorithms.RsaSsaPssSha256];
            bearer.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(30);
            bearer.TokenValidationParameters.RequireExpirationTime = true;
            bearer.TokenValidationParameters.NameClaimType = "sub";
            bearer.BackchannelTimeout = CachingTokenHandler.Patience;
            // 401 would send everybody to the sign-in for a fault of ours.
            bearer.Events = new() { OnChallenge = ChallengeAsync };
            bearer.TokenHandlers.Clear();
            bearer.TokenHandlers.Add(new CachingTokenHandler(TimeProvider.System) { MapInboundClaims = false });
        });
        builder.Services.AddBudgets();
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    private static async Task ChallengeAsync(JwtBearerChallengeContext context)
    {
        if (context.AuthenticateFailure is KeysAwayException)
        {
            context.HandleResponse();
            await GeneralProblems.Unavailable.ToHttpResult().ExecuteAsync(context.HttpContext);
        }
    }
}
