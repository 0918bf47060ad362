using Gengdu.Audit;
using Gengdu.Identity.Protocol.Pages;
using Gengdu.Identity.Protocol.Sessions;
using Gengdu.Identity.Protocol.TwoFactor;
using Microsoft.AspNetCore.HttpOverrides;

namespace Gengdu.Identity.Protocol.SignIn;

internal static class SignInExtensions
{
    /// <summary>What people go through: pages, password, second factor.</summary>
    public static void AddSignIn(this WebApplicationBuilder builder, bool https)
    {
        var services = builder.Services;
        services.AddOptions<SignInLimits>().BindConfiguration(SignInLimits.Section).ValidateOnStart();
        services.AddOptions<SecondFactorOptions>().BindConfiguration(SecondFactorOptions.Section).ValidateOnStart();
        services.AddSingleton<SignInTickets>().AddSingleton<PasswordCheck>().AddSingleton<SignInPace>().AddSingleton<SetupSeal>().AddSingleton<ShownOnce>();
        services.AddScoped<Visits>().AddScoped<SignInLock>().AddScoped<KnownBrowsers>().AddScoped<SignInStep>().AddScoped<SignInCompletion>().AddScoped<AccountActs>().AddScoped<SecondFactors>();
        services.AddScoped<Account>().AddScoped<NewPassword>().AddScoped<SetPassword.Codes>();
        // The gateway says whose request it is. Only its word counts, and only for the address: host and scheme are configured.
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            (forwarded.ForwardedHeaders, forwarded.ForwardLimit) = (ForwardedHeaders.XForwardedFor, 1);
            foreach (var network in builder.Configuration.GetSection("Identity:TrustedProxies").Get<string[]>() ?? [])
            {
                forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
            }
        });
        services.AddAuthentication().AddCookie(SignInStep.Scheme, cookie =>
        {
            ProtocolExtensions.Configure(cookie.Cookie, "gengdu-step", https);
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.ExpireTimeSpan = SignInStep.Lifetime;
            cookie.SlidingExpiration = false;
        });
    }
}
