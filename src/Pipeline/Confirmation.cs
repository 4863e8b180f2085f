using System;
using System.Threading.Tasks;
using OssPayment.Time;

namespace OssPayment.Pipeline;

/// <summary>
/// Reads the present values and asks for a confirmation of the change. If the values are too old by then, it reads them
/// again, and asks again if they differ or were not confirmed yet.
/// </summary>
internal static class Confirmation
{
    /// <summary>The maximum age of the values in a confirmation.</summary>
    private static readonly TimeSpan MaximumAge = TimeSpan.FromSeconds(2);

    /// <param name="item">The change, which asks in its turn.</param>
    /// <param name="read">Reads the present values.</param>
    /// <param name="confirm">Asks about changing them.</param>
    /// <param name="areSame">Whether values that were read again are those that were confirmed.</param>
    /// <param name="clock">The time by which the values grow old.</param>
    /// <returns>The values that may be changed; null if the answer is no.</returns>
    internal static async Task<TValues?> AskAsync<TValues>(
        WorkItem item,
        Func<Task<TValues>> read,
        Func<TValues, bool> confirm,
        Func<TValues, TValues, bool> areSame,
        Clock clock)
        where TValues : class
    {
        TValues? confirmed = null;
        while (true)
        {
            TValues present = await read().ConfigureAwait(false);
            TimeSpan tooOld = clock.Elapsed + MaximumAge;
            if (confirmed is not null && areSame(confirmed, present))
            {
                return present;
            }

            // The items before this one may have taken long, and the user may take long to answer.
            bool? answer = await item.AskAsync(() => clock.Elapsed > tooOld ? null : confirm(present))
                .ConfigureAwait(false);
            if (answer == false)
            {
                return null;
            }

            if (answer == true && clock.Elapsed <= tooOld)
            {
                return present;
            }

            confirmed = answer == true ? present : null;
        }
    }
}
