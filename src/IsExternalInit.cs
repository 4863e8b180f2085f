namespace System.Runtime.CompilerServices;

/// <summary>What the compiler looks for to allow <c>init</c> accessors, which netstandard2.0 lacks.</summary>
internal static class IsExternalInit
{
}
