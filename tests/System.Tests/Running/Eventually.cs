namespace Gengdu.System.Tests.Running;

/// <summary>For what follows by message: asks again until it holds, and says what it last saw when it never does.</summary>
internal static class Eventually
{
    public static async Task<T> BecomesAsync<T>(Func<Task<T>> look, Func<T, bool> holds, string what, CancellationToken cancellationToken, int seconds = 30)
    {
        for (var i = 0; ; i++)
        {
            var seen = await look();
            if (holds(seen))
            {
                return seen;
            }

            Assert.True(i < seconds * 5, $"After {seconds} s still not so: {what}. Last seen: {seen}");
            await Task.Delay(200, cancellationToken);
        }
    }
}
