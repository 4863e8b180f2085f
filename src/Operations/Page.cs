using System.Collections.Generic;

namespace OssPayment.Operations;

/// <summary>A page of a listing, and the token of the next one; null after the last one.</summary>
internal sealed record Page<TItem>(IReadOnlyList<TItem> Items, PageToken? Next);
