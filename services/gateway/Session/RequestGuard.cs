namespace Gengdu.Gateway.Session;

/// <summary>Defence against forged requests: a foreign page can send our cookie, but cannot set this header.</summary>
internal static class RequestGuard
{
    public const string Header = "X-Gengdu-Request";

    public static bool HasHeader(HttpRequest request) => request.Headers[Header] == "1";

    public static bool ChangesSomething(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method);
}
