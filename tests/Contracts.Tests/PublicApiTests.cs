using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Gengdu.TestKit;

namespace Gengdu.Contracts.Tests;

/// <summary>The assembly's surface as text.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public Task Surface_IsTheReviewedOne()
    {
        var text = new StringBuilder();
        foreach (var type in Events.Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(type.FullName).Append('\n');
            foreach (var property in type.GetProperties().OrderBy(property => property.Name, StringComparer.Ordinal))
            {
                var required = property.GetCustomAttribute<RequiredMemberAttribute>() is null ? "" : "required ";
                text.Append("  ").Append(required).Append(TypeNames.Of(property)).Append(' ').Append(property.Name).Append('\n');
            }
        }

        return Snapshot.VerifyAsync("tests/Contracts.Tests/Snapshots/PublicApi.verified.txt", text.ToString());
    }
}

internal static class TypeNames
{
    public static string Of(PropertyInfo property)
    {
        var nullable = new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;
        return Of(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) + (nullable ? "?" : "");
    }

    private static string Of(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>"
        : type.Name;
}
