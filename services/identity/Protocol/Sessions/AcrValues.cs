namespace Gengdu.Identity.Protocol.Sessions;

/// <summary>How somebody signed in; goes into every token as "acr".</summary>
internal static class AcrValues
{
    public const string Password = "urn:gengdu:pwd";

    /// <summary>Password and second factor.</summary>
    public const string TwoFactors = "urn:gengdu:mfa";
}
