using Gengdu.Identity.People;
using Gengdu.Identity.Protocol.Sessions;

namespace Gengdu.Identity.Protocol.SignIn;

/// <summary>All that was asked for is there: the failures are forgotten, the browser is remembered, a session begins.</summary>
internal sealed class SignInCompletion(SignInLock failures, KnownBrowsers browsers, SignInSessions sessions)
{
    public async Task CompleteAsync(HttpContext http, Person person, Guid subject, string acr, CancellationToken cancellationToken)
    {
        await failures.ClearAsync(subject, cancellationToken);
        await browsers.RememberAsync(http, person, cancellationToken);
        await SignInStep.EndAsync(http);
        await sessions.BeginAsync(http, person, acr, cancellationToken);
    }
}
