using System.Security.Cryptography;
using Gengdu.Identity.People;
using Gengdu.Identity.Protocol.Pages;
using Gengdu.Identity.Protocol.Sessions;
using Gengdu.Identity.Protocol.SignIn;
using Microsoft.AspNetCore.DataProtection;

namespace Gengdu.Identity.Protocol.TwoFactor;

/// <summary>/identity/second-factor/setup: the QR code, and the first code that proves it was read.</summary>
internal static class SecondFactorSetup
{
    private static readonly string[] Allowed = [SignInStep.FirstSetup, SignInStep.Replacement];

    public static async Task<IResult> ShowAsync(HttpContext http, Visits visits, SignInStep steps, SetupSeal seal, CancellationToken cancellationToken)
    {
        var visit = await visits.ReadAsync(http, cancellationToken);
        return visit.Next is null ? visits.Broken(visit)
            : await steps.FindAsync(http, cancellationToken, Allowed) is not { } step ? SeeOther.To(visit.To("/identity/sign-in"))
            : Page(visit, 200, step.Person, Totp.NewSecret(), seal, CodeNotice.None);
    }

    public static async Task<IResult> SubmitAsync(
        HttpContext http, Visits visits, SignInStep steps, SetupSeal seal, SecondFactors factors, SignInCompletion completion, ShownOnce shown, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var visit = await visits.ReadAsync(http, cancellationToken);
        if (visit.Next is null)
        {
            return visits.Broken(visit);
        }

        if (await steps.FindAsync(http, cancellationToken, Allowed) is not { } step)
        {
            return SeeOther.To(visit.To("/identity/sign-in"));
        }

        if (!visit.IsFromOurPage || seal.Open(visit.Posted("secret"), step.Person.Id) is not { } secret)
        {
            return Page(visit, 400, step.Person, Totp.NewSecret(), seal, CodeNotice.Expired);
        }

        if (Totp.Match(secret, TypedCode.Plain(visit.Posted("code")), clock.GetUtcNow()) is not { } used)
        {
            return Page(visit, 401, step.Person, secret, seal, CodeNotice.Refused);
        }

        if (await factors.EnrolAsync(step.Person.Id, secret, used, step.Next == SignInStep.Replacement, cancellationToken) is not { } codes)
        {
            return SeeOther.To(visit.To("/identity/sign-in"));
        }

        await completion.CompleteAsync(http, step.Person, step.Subject, AcrValues.TwoFactors, cancellationToken);
        shown.Keep(http, codes);
        return SeeOther.To(visit.To("/identity/recovery-codes"));
    }

    private static PageResult Page(Visit visit, int status, Person person, byte[] secret, SetupSeal seal, CodeNotice notice) =>
        visit.Page(status, new SecondFactorSetupPage(visit, Totp.Address(secret, person.UserName!), Totp.Readable(secret), seal.Close(secret, person.Id), notice));
}

/// <summary>The secret on its way through the page, until the first code: for this person, for half an hour.</summary>
internal sealed class SetupSeal(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);
    private readonly IDataProtectionProvider _protection = protection.CreateProtector("second-factor-setup");

    public string Close(byte[] secret, Guid personId) => For(personId).Protect(Convert.ToHexString(secret), Lifetime);

    public byte[]? Open(string sealedSecret, Guid personId)
    {
        try
        {
            return sealedSecret.Length is 0 or > 1000 ? null : Convert.FromHexString(For(personId).Unprotect(sealedSecret));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private ITimeLimitedDataProtector For(Guid personId) => _protection.CreateProtector(personId.ToString()).ToTimeLimitedDataProtector();
}
