@{
    ExcludeRules = @(
        # The analyzer does not see that Pester's blocks and a script's functions share their variables.
        'PSUseDeclaredVarsMoreThanAssignments'
        'PSReviewUnusedParameter'

        # The functions of the tests are nobody's cmdlets.
        'PSUseShouldProcessForStateChangingFunctions'
        'PSAvoidUsingPositionalParameters'

        # Counts are for whoever reads the run, and not for a pipeline.
        'PSAvoidUsingWriteHost'
    )
}
